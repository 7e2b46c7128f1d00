"""A month of 25 audits through its pages and people; every figure is worked out again from the raw rows."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.integration.audits.month import chapters
from tests.integration.audits.month.moves import Month, people_of
from tests.support.checked_client import CheckedClient

CHAPTERS = (
    chapters.the_sample_is_drawn_and_shared_out,
    chapters.a_file_changes_hands_and_one_need_not_be_done,
    chapters.every_file_is_audited,
    chapters.all_that_was_chosen_is_moderated,
    chapters.its_auditor_disputes_what_was_changed,
    chapters.what_must_be_put_right_is,
    chapters.the_case_is_audited_again,
    chapters.the_round_is_closed,
)


@pytest.fixture
def month(client: CheckedClient, session: Session, clock_at: Callable[[datetime], object]) -> Month:
    clock_at(datetime(2026, 11, 2, 9, tzinfo=UTC))
    return Month(session, client, clock_at, people_of(session))


def test_a_month_of_25_audits(month: Month) -> None:
    for chapter in CHAPTERS:
        chapter(month)
