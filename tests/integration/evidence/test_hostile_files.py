"""Every hostile file sent through the page: a sentence beside the field, nothing kept, no failure of ours."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from tests.integration.evidence.conftest import Desk, add, kept
from tests.support.files.hostile import REFUSED
from tracker.people.models import Person
from tracker.plans.models import Evidence


@pytest.mark.parametrize(("name", "make", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_hostile_file_meets_a_sentence_and_nothing_is_kept(
    desk: Desk, tom: Person, name: str, make: Callable[[], bytes], said: str
) -> None:
    client, session, place, folder = desk
    client.sign_in(tom)
    assert add(client, place, (make(), name)).status_code == 422
    assert said in client.text
    assert session.scalars(select(func.count(Evidence.id))).one() == 0
    assert kept(folder) == []
