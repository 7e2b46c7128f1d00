"""When an inspection is to be answered, and how far its items are: tables against the calendar of 2026."""

from datetime import date

import pytest

from tracker.core.working_days import working_days_after, working_days_between
from tracker.plans.rules.answering import AnswerDays, answer_days, answer_words
from tracker.plans.rules.coverage import Answering, Cover, asks_for_something, cover_of
from tracker.plans.rules.states import InspectionKind, ItemClass

AREA, URGENT = ItemClass.AREA_FOR_IMPROVEMENT, ItemClass.PRIORITY_ACTION
INSPECTION, FOCUSED = InspectionKind.INSPECTION, InspectionKind.FOCUSED_VISIT
DAYS = AnswerDays(date(2026, 12, 18), date(2027, 3, 3))


@pytest.mark.parametrize(
    ("received", "number", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # over Christmas and the day in place of Boxing Day
        (date(2026, 11, 20), 20, date(2026, 12, 18)),
        (date(2026, 11, 20), 70, date(2027, 3, 3)),  # three bank holidays between
        (date(2026, 11, 21), 20, date(2026, 12, 18)),  # came on a Saturday
        (date(2015, 1, 6), 70, date(2015, 4, 16)),  # over Easter
    ],
)
def test_working_days_are_counted_from_the_day_after(received: date, number: int, due: date) -> None:
    assert working_days_after(received, number) == due
    assert working_days_between(received, due) == number
    assert working_days_between(due, received) == -number


@pytest.mark.parametrize(
    ("kind", "classes", "received", "days"),
    [
        (INSPECTION, [AREA], date(2026, 11, 20), DAYS),
        (INSPECTION, [], date(2026, 11, 20), DAYS),
        (INSPECTION, [URGENT], None, None),
        (FOCUSED, [AREA], date(2026, 11, 20), None),
        (FOCUSED, [AREA, URGENT], date(2026, 11, 20), DAYS),
        (InspectionKind.MONITORING_VISIT, [AREA], date(2026, 11, 20), None),
    ],
)
def test_an_inspection_and_a_visit_with_a_priority_action_are_answered(
    kind: InspectionKind, classes: list[ItemClass], received: date | None, days: AnswerDays | None
) -> None:
    assert answer_days(kind, classes, received_on=received) == days


@pytest.mark.parametrize(
    ("today", "done_on", "words"),
    [
        (date(2026, 12, 16), None, "in 2 working days"),
        (date(2026, 12, 18), None, "today"),
        (date(2026, 12, 21), None, "1 working day late"),
        (date(2026, 12, 21), date(2026, 12, 18), "done 18 Dec 2026"),
        (date(2026, 12, 31), date(2026, 12, 22), "done 22 Dec 2026, 2 working days late"),
    ],
)
def test_how_an_answer_stands_is_said_in_working_days(today: date, done_on: date | None, words: str) -> None:
    assert answer_words(date(2026, 12, 18), today=today, done_on=done_on) == words


@pytest.mark.parametrize(
    ("areas", "actions", "placeholders", "cover"),
    [
        (0, 0, 0, Cover.NO_AREA),
        (1, 0, 0, Cover.NO_ACTION),
        (2, 0, 3, Cover.TO_BE_AGREED),
        (1, 1, 2, Cover.ANSWERED),
    ],
)
def test_a_placeholder_answers_nothing(areas: int, actions: int, placeholders: int, cover: Cover) -> None:
    found = cover_of(Answering(areas, actions, placeholders))
    assert found is cover
    assert found.is_gap is (cover is not Cover.ANSWERED)


def test_praise_asks_for_nothing() -> None:
    assert [one for one in ItemClass if not asks_for_something(one)] == [ItemClass.STRENGTH]
