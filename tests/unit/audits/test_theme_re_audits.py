"""A theme audited again: the window before a change, which audits count after it, and what may be said of both."""

from datetime import date

import pytest

from tracker.audits.rules.answers import Standing
from tracker.audits.rules.theme_re_audits import count_again, what_may_be_said, window_before
from tracker.audits.rules.vocabulary import AuditState, Selection
from tracker.audits.rules.votes import Asked, AuditFacts


def facts(number: int, *, standing: Standing, selection: Selection = Selection.RE_AUDIT) -> AuditFacts:
    return AuditFacts(
        id=number,
        case_id=number,
        day=date(2026, 11, 2),
        state=AuditState.FINAL,
        selection=selection,
        asked=Asked(frozenset({"voice"})),
        standings={"voice": standing},
    )


@pytest.mark.parametrize(
    ("in_place", "since", "until"),
    [
        (date(2026, 9, 15), date(2026, 3, 15), date(2026, 9, 14)),
        (date(2026, 8, 31), date(2026, 2, 28), date(2026, 8, 30)),
        (date(2026, 3, 1), date(2025, 9, 1), date(2026, 2, 28)),
    ],
)
def test_before_is_the_six_months_up_to_the_day_of_the_change(in_place: date, since: date, until: date) -> None:
    assert window_before(in_place) == (since, until)


def test_re_audits_count_here_alone_and_a_targeted_file_among_them_does_not() -> None:
    audits = [facts(number, standing=Standing.POOR if number < 3 else Standing.WELL) for number in range(10)]
    count = count_again([*audits, facts(99, standing=Standing.POOR, selection=Selection.TARGETED)], "voice")
    assert (count.concerns, count.answered) == (3, 10)


@pytest.mark.parametrize(("files", "words"), [(9, "Too few to say"), (10, "These are counts")])
def test_below_ten_files_nothing_is_said(files: int, words: str) -> None:
    many = count_again([facts(number, standing=Standing.WELL) for number in range(20)], "voice")
    few = count_again([facts(number, standing=Standing.POOR) for number in range(files)], "voice")
    assert what_may_be_said(many, few).startswith(words)
    assert what_may_be_said(few, many).startswith(words)
