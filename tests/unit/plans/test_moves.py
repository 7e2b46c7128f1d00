"""Who decides that a date moves: the programme office one move of up to 28 days, the assurance body more (A4, A9)."""

from datetime import date
from typing import Any

import pytest

from tracker.plans.rules.moves import Move, who_decides
from tracker.plans.rules.states import DateChangeKind
from tracker.plans.rules.strip import Step, moved_words
from tracker.plans.rules.undated import undated_words

FIRST = date(2026, 3, 31)

SLIP, TBC, PULL_IN = DateChangeKind.SLIP, DateChangeKind.TO_BE_CONFIRMED, DateChangeKind.PULL_IN
SET, CORRECTION = DateChangeKind.DATE_SET, DateChangeKind.CORRECTION


def a_move(kind: DateChangeKind, from_due: date | None, to_due: date | None) -> Move:
    return Move(kind, from_due, to_due)


@pytest.mark.parametrize(
    ("kind", "from_due", "to_due", "before", "who", "says"),
    [
        (SLIP, FIRST, date(2026, 4, 28), [], "office", "first move, by 28 days"),
        (SLIP, FIRST, date(2026, 4, 29), [], "body", "by 29 days"),
        (SLIP, date(2026, 4, 10), date(2026, 4, 11), [(SLIP, FIRST, date(2026, 4, 10))], "body", "later before"),
        (PULL_IN, FIRST, date(2026, 3, 1), [], "office", "earlier"),
        (SLIP, date(2026, 3, 1), date(2026, 3, 20), [(PULL_IN, FIRST, date(2026, 3, 1))], "office", "first move"),
        (
            PULL_IN,
            date(2026, 3, 20),
            date(2026, 3, 10),
            [(PULL_IN, FIRST, date(2026, 3, 1)), (SLIP, date(2026, 3, 1), date(2026, 3, 20))],
            "body",
            "third time",
        ),
        (SLIP, FIRST, date(2026, 6, 29), [], "body", "90 days after its first date"),
        (TBC, FIRST, None, [], "body", "given up"),
        (SET, None, date(2026, 4, 10), [(TBC, FIRST, None)], "body", "later before"),
        (SET, None, date(2026, 12, 1), [(TBC, FIRST, None)], "body", "245 days after its first date"),
        (CORRECTION, FIRST, date(2026, 9, 1), [], "office", "first date"),
    ],
)
def test_who_decides(
    *,
    kind: DateChangeKind,
    from_due: date | None,
    to_due: date | None,
    before: list[tuple[DateChangeKind, date | None, date | None]],
    who: str,
    says: str,
) -> None:
    approved = [a_move(*one) for one in before]
    found = who_decides(a_move(kind, from_due, to_due), first_due=FIRST, approved=approved)
    assert ("body" if found.needs_body else "office") == who
    assert says in found.because


def test_a_first_date_is_the_offices() -> None:
    assert not who_decides(a_move(SET, None, date(2026, 12, 1)), first_due=None, approved=[]).needs_body


@pytest.mark.parametrize(
    ("times", "days", "says"),
    [
        (0, 0, ""),
        (1, 30, "First due 31 Mar 2026, moved once, 30 days later in all"),
        (2, 61, "First due 31 Mar 2026, moved twice, 61 days later in all"),
        (3, -1, "First due 31 Mar 2026, moved 3 times, 1 day earlier in all"),
        (2, 0, "First due 31 Mar 2026, moved twice"),
    ],
)
def test_how_far_a_milestone_has_moved(times: int, days: int, says: str) -> None:
    step = Step(
        "New structure live", date(2026, 6, 1), "1 Jun 2026", first_due=FIRST, times_moved=times, days_moved=days
    )
    assert moved_words(step) == says


def test_a_first_date_that_was_a_month_stays_a_month() -> None:
    step = Step(
        "New structure live", date(2026, 6, 1), "1 Jun 2026", first_due=FIRST, first_shown="Mar 2026", times_moved=1
    )
    assert moved_words(step) == "First due Mar 2026, moved once"


@pytest.mark.parametrize(
    ("since", "known", "says"),
    [
        (date(2026, 3, 1), {}, "Without a date for 30 days"),
        (
            date(2026, 3, 1),
            {"decided_by": "Cabinet", "ask_again_on": date(2026, 4, 9)},
            "Without a date for 30 days. Cabinet decides. Ask again on 9 Apr 2026",
        ),
        (date(2026, 3, 1), {"waits_on": "Improvement Board"}, "Without a date for 30 days. Improvement Board decides"),
        (
            date(2026, 4, 9),
            {"waits_on": "Improvement Board"},
            "Improvement Board meets on 9 Apr 2026; the time without a date counts from then",
        ),
    ],
)
def test_how_long_something_has_had_no_date(since: date, known: dict[str, Any], says: str) -> None:
    asked: dict[str, Any] = {"waits_on": "", "decided_by": "", "ask_again_on": None, **known}
    assert undated_words(since, date(2026, 3, 31), **asked) == says
