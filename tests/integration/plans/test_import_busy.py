"""A service that reads as much as it can: what is said of an import then is not kept, or it would come in misread."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, say_key, send_plan
from tests.support.plan_forms import as_excel
from tracker.core.uploads.refusals import RefusedFileError
from tracker.core.uploads.waiting import WaitingFile
from tracker.people.models import Person
from tracker.plans.commands.mappings import keep_mapping
from tracker.plans.models import UnfinishedImport

BUSY = "The file cannot be looked at just now"


@pytest.fixture
def begun(client: CheckedClient, session: Session, office: Person) -> str:
    """An import whose colours are explained; its address, and its page is open."""
    session.commit()
    client.sign_in(office)
    send_plan(client, as_excel())
    say_key(client)
    here = address_of(client)
    client.get(here)
    return here


@pytest.fixture
def busy(tmp_path: Path, begun: str) -> Iterator[None]:
    """As many readings as the service takes at once, none of which ends."""
    several = [WaitingFile(tmp_path / str(number)) for number in range(4)]
    for one in several:
        one.keep(b"x")
        _begin_soon(one)
    yield
    for one in several:
        one.remove()


def _begin_soon(waiting: WaitingFile) -> None:
    """Begin a reading that hangs, as soon as the reader of the import has ended, too."""
    ends = time.monotonic() + 30
    while True:
        try:
            return waiting.begin("tests.support.apart.hangs", b"")
        except RefusedFileError:
            assert time.monotonic() < ends
            time.sleep(0.05)


def stored(session: Session) -> tuple[str, str, str]:
    session.rollback()
    kept = session.scalars(select(UnfinishedImport)).one()
    return kept.title, kept.columns, kept.rag_key


@pytest.mark.usefixtures("busy")
def test_columns_that_cannot_be_read_anew_are_not_kept(client: CheckedClient, session: Session, begun: str) -> None:
    before = stored(session)
    boxes = [name for name in client.form("title").sent if name.startswith("column_")]
    lead = next(name for name in boxes if client.form("title").sent[name] == ["leads"])
    answer = client.submit({"title": "As I would call it", lead: "kept as text"})
    assert answer.status_code == 503
    assert BUSY in client.text
    assert client.form("title").sent["title"] == ["As I would call it"]
    assert client.form("title").sent[lead] == ["kept as text"]
    assert stored(session) == before


@pytest.mark.usefixtures("busy")
def test_a_mapping_that_cannot_be_used_now_is_not_kept(
    client: CheckedClient, session: Session, office: Person, begun: str
) -> None:
    before = stored(session)
    keep_mapping(session, name="Ours", headings=["Action"], columns="Lead = text", rag_key="Green = C", by=office)
    session.commit()
    token = client.form("title").sent["csrf_token"][0]
    client.post(f"{begun}/mapping", data={"csrf_token": token, "mapping": "Ours"}, follow_redirects=True)
    assert BUSY in client.text
    assert stored(session) == before
