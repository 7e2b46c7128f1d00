"""Which day a page compares with and how far it looks ahead, whatever is typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.rules import PartyKind
from tracker.plans.rules.area_sentence import area_sentence
from tracker.plans.rules.comparing import compare_with, look_until
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.leads import lead_words
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import MilestoneKind, Precision

APPROVED, TODAY = date(2026, 1, 13), date(2026, 11, 26)
HELD = [date(2025, 11, 20), date(2026, 5, 28), date(2026, 8, 27), date(2026, 12, 10)]
R, A, G, C, X = Rag.RED, Rag.AMBER, Rag.GREEN, Rag.COMPLETE, Rag.WITHDRAWN

COMPARED = [
    ("", HELD, date(2026, 8, 27)),
    ("last-meeting", HELD, date(2026, 8, 27)),
    ("meeting-before", HELD, date(2026, 5, 28)),
    ("start", HELD, APPROVED),
    ("2026-05-28", HELD, date(2026, 5, 28)),
    ("27/8/26", HELD, date(2026, 8, 27)),
    ("last-meeting", [], APPROVED),
    ("meeting-before", HELD[2:], date(2026, 8, 27)),
    ("", [TODAY], TODAY),
]
LEADS = [
    ("Tom Whitcombe", PartyKind.PERSON, "Head of Service", "Tom Whitcombe, Head of Service", "Head of Service"),
    ("Tom Whitcombe", PartyKind.PERSON, "", "Tom Whitcombe", "Delivery lead"),
    ("Alex", PartyKind.UNKNOWN, "", "Alex", "Delivery lead"),
    ("Chair of the board", PartyKind.POST, "", "Chair of the board", "Chair of the board"),
    ("Local police", PartyKind.PARTNER, "", "Local police", "Local police"),
]
NONE_DONE = "None of its actions is complete yet."
FOUR = ["1.1", "1.2", "1.3", "1.4"]
SENTENCES = [
    ([G, A], [], 0, NONE_DONE),
    ([G], [], 0, "Its action is not complete yet."),
    ([C, G, R, A], ["1.3"], 0, "1 of 4 actions is complete. 1.3 went red since 27 August 2026."),
    ([C, C, X], [], 1, "2 of 2 actions are complete. 1 milestone is overdue."),
    ([R] * 4, FOUR, 5, f"{NONE_DONE} 4 actions went red since 27 August 2026. 5 milestones are overdue."),
    ([X], [], 0, ""),
]
SHOWN = [
    (Precision.DAY, date(2027, 1, 15), "15 Jan 2027"),
    (Precision.MONTH, date(2027, 2, 28), "Feb 2027"),
    (Precision.QUARTER, date(2027, 3, 31), "Q4 2026/27 (Jan to Mar 2027)"),
    (Precision.YEAR, date(2027, 12, 31), "2027"),
    (Precision.YEAR, date(2027, 3, 31), "2026/27"),
]


@pytest.mark.parametrize(("asked", "held", "day"), COMPARED)
def test_the_day_asked_for_is_taken_or_the_usual_one(asked: str, held: list[date], day: date) -> None:
    found = compare_with(asked, approved_on=APPROVED, held=held, today=TODAY)
    assert (found.chosen.day, found.problem) == (day, "")


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_day_that_can_be_compared_with(asked: str) -> None:
    found = compare_with(asked, approved_on=APPROVED, held=HELD, today=TODAY)
    assert APPROVED <= found.chosen.day <= TODAY
    assert found.typed.isprintable()
    assert look_until(asked, next_meeting=None, today=TODAY).day > TODAY


def test_pages_look_ahead_to_the_next_meeting_or_for_four_weeks() -> None:
    assert look_until("", next_meeting=date(2026, 12, 10), today=TODAY).words == "by the next meeting, 10 Dec 2026"
    assert look_until("", next_meeting=None, today=TODAY).day == date(2026, 12, 24)
    assert look_until("31 December 2026", next_meeting=None, today=TODAY).day == date(2026, 12, 31)
    assert look_until("2026-11-26", next_meeting=None, today=TODAY).problem == "Choose a day after today"


@pytest.mark.parametrize(("name", "kind", "post", "to_insiders", "to_viewers"), LEADS)
def test_viewers_read_posts_where_a_name_may_stand(
    name: str, kind: PartyKind, post: str, to_insiders: str, to_viewers: str
) -> None:
    assert lead_words(name, kind, post, with_names=True) == to_insiders
    assert lead_words(name, kind, post, with_names=False) == to_viewers


@pytest.mark.parametrize(("ratings", "red", "overdue", "sentence"), SENTENCES)
def test_an_area_is_said_in_a_sentence(ratings: list[Rag], red: list[str], overdue: int, sentence: str) -> None:
    assert area_sentence(ratings, went_red=red, overdue=overdue, since=date(2026, 8, 27)) == sentence


@pytest.mark.parametrize(("precision", "due", "shown"), SHOWN)
def test_a_stored_date_is_said_with_its_precision(precision: Precision, due: date, shown: str) -> None:
    assert stored_date(MilestoneKind.DATED, precision, due).shown() == shown


def test_what_repeats_or_waits_is_said_so() -> None:
    turns = stored_date(MilestoneKind.RECURRING, Precision.MONTH, date(2026, 6, 30), every_months=3)
    assert turns.shown(date(2026, 12, 31)) == "Every quarter, next 31 Dec 2026"
    assert turns.shown(date(2026, 9, 30), is_late=True) == "Every quarter, was due 30 Sep 2026"
    waits = stored_date(MilestoneKind.WAITING, Precision.NONE, None, waits_on="Transformation Board")
    assert waits.shown() == "Waiting for: Transformation Board"
