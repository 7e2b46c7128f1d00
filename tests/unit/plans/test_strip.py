"""The milestones of an action at a glance: boxes, and one line in words."""

from datetime import date

import pytest

from tracker.plans.rules.strip import Mark, Step, next_step, pressing_step, strip_words

TODAY = date(2026, 11, 26)
DONE = Step("Analyse caseloads", date(2026, 3, 31), "Mar 2026", done_on=date(2026, 4, 14))
LATE = Step("New team structure live", date(2026, 10, 31), "Oct 2026")
LATER = Step("Posts filled", date(2026, 11, 25), "25 Nov 2026")
TODAYS = Step("Report to the board", TODAY, "26 Nov 2026")
AHEAD = Step("Second report", date(2027, 1, 31), "Jan 2027")
WEEKLY = Step("Check caseloads", date(2026, 11, 27), "Every week, next 27 Nov 2026", repeats=True)
MISSED = Step("Check caseloads", date(2026, 11, 20), "Every week, was due 20 Nov 2026", repeats=True)
NO_DATE = Step("Agree the model", None, "Date to be confirmed")
WAITS = Step("Agree the dates", None, "Waiting for: Board")

MARKS = [
    (DONE, Mark.DONE),
    (LATE, Mark.OVERDUE),
    (TODAYS, Mark.PLANNED),
    (AHEAD, Mark.PLANNED),
    (WEEKLY, Mark.REPEATS),
    (MISSED, Mark.OVERDUE),
    (NO_DATE, Mark.NO_DATE),
    (WAITS, Mark.NO_DATE),
]
LINES = [
    ((), "No milestones yet"),
    ((DONE,), "1 of 1 done. Finished 14 Apr 2026"),
    ((DONE, LATE, LATER), "1 of 3 done. Overdue 26 days: New team structure live, Oct 2026"),
    ((LATER, AHEAD), "0 of 2 done. Overdue 1 day: Posts filled, 25 Nov 2026"),
    ((DONE, AHEAD, TODAYS), "1 of 3 done. Next: Report to the board, 26 Nov 2026"),
    ((DONE, WEEKLY), "1 of 2 done. Next: Check caseloads, Every week, 27 Nov 2026"),
    ((NO_DATE, AHEAD), "0 of 2 done. Next: Second report, Jan 2027"),
    ((DONE, NO_DATE), "1 of 2 done. Date to be confirmed: Agree the model"),
    ((WAITS,), "0 of 1 done. Waiting for: Board: Agree the dates"),
    ((NO_DATE, WAITS), "0 of 2 done. 2 dates to be confirmed: Agree the model · Agree the dates"),
]


@pytest.mark.parametrize(("step", "mark"), MARKS)
def test_each_box_says_how_its_milestone_stands(step: Step, mark: Mark) -> None:
    assert step.mark(TODAY) is mark


@pytest.mark.parametrize(("steps", "line"), LINES)
def test_the_line_names_what_matters_first(steps: tuple[Step, ...], line: str) -> None:
    assert strip_words(steps, TODAY).whole == line


def test_what_is_overdue_is_not_next_but_presses_most() -> None:
    steps = (AHEAD, LATE, LATER, NO_DATE)
    assert next_step(steps, TODAY) is AHEAD
    assert pressing_step(steps, TODAY) is LATE
    assert pressing_step((NO_DATE, DONE), TODAY) is NO_DATE
    assert pressing_step((DONE,), TODAY) is None
