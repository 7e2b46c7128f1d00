"""What may be said of feedback, and where a quick win is on a day, as tables."""

from datetime import date

import pytest

from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.other_words import WinState
from tracker.audits.rules.quick_wins import win_state

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("invited", "responded", "yes", "words"),
    [
        (20, 8, 7, "7 of 8 who replied said yes (88%); 8 of 20 invited replied (40%)"),
        (50, 37, 31, "31 of 37 who replied said yes (84%); 37 of 50 invited replied (74%)"),
        (1200, 1000, 5, "5 of 1,000 who replied said yes (1%); 1,000 of 1,200 invited replied (83%)"),
        (3, 3, 0, "0 of 3 who replied said yes (0%); 3 of 3 invited replied (100%)"),
        (12, 0, 0, "Nobody of 12 invited replied"),
    ],
)
def test_a_share_never_stands_without_its_figures(invited: int, responded: int, yes: int, words: str) -> None:
    assert Replies(invited, responded, yes).words == words


@pytest.mark.parametrize(
    ("invited", "responded", "yes", "field"),
    [
        (20, 8, 7, None),
        (8, 8, 8, None),
        (8, 0, 0, None),
        (0, 0, 0, "invited"),
        (8, 9, 1, "responded"),
        (8, 7, 8, "yes"),
        (8, 0, 1, "yes"),
    ],
)
def test_figures_that_cannot_all_be_true_are_named(invited: int, responded: int, yes: int, field: str | None) -> None:
    fault = Replies(invited, responded, yes).fault
    assert (fault[0] if fault else None) == field


@pytest.mark.parametrize(("responded", "is_few"), [(0, True), (9, True), (10, False), (400, False)])
def test_below_ten_replies_are_few(responded: int, is_few: bool) -> None:
    assert Replies(500, responded, 0).is_few == is_few


@pytest.mark.parametrize(
    ("due_on", "done_on", "state"),
    [
        (date(2026, 11, 27), None, WinState.TO_DO),
        (date(2026, 11, 26), None, WinState.TO_DO),
        (date(2026, 11, 25), None, WinState.LATE),
        (date(2026, 11, 1), date(2026, 11, 20), WinState.DONE),
    ],
)
def test_a_quick_win_is_late_from_the_day_after_its_own(due_on: date, done_on: date | None, state: WinState) -> None:
    assert win_state(due_on=due_on, done_on=done_on, today=TODAY) is state
