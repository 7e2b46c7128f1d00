"""A theme audited again: which audits stand before and after a change, and what may be said of them (domain A8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tracker.audits.rules.vocabulary import Selection
from tracker.audits.rules.votes import AuditFacts, ThemeCount, count_votes

# Below so many files on either side nothing is said of the two together.
FEWEST_TO_COMPARE = 10
_MONTHS_BEFORE = 6


def window_before(in_place_on: date) -> tuple[date, date]:
    """Return the six months up to the day on which a change was in place, that day left out; both days are included."""
    month = in_place_on.year * 12 + in_place_on.month - 1 - _MONTHS_BEFORE
    first = date(month // 12, month % 12 + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    since = min(first + timedelta(days=in_place_on.day - 1), following - timedelta(days=1))
    return since, in_place_on - timedelta(days=1)


def count_again(audits: Iterable[AuditFacts], theme: str) -> ThemeCount:
    """Return the votes of a round of re-audits on its theme: what no count of themes takes in is counted here alone.

    A file that was added to the round for another reason stays left out.
    """
    again = [replace(one, selection=Selection.RANDOM) for one in audits if one.selection is Selection.RE_AUDIT]
    return count_votes(again, theme)


def what_may_be_said(before: ThemeCount, after: ThemeCount) -> str:
    """Say what the two counts allow; whether a difference is more than chance is another matter than counting."""
    if min(before.answered, after.answered) < FEWEST_TO_COMPARE:
        return f"Too few to say: a side with fewer than {FEWEST_TO_COMPARE} files shows no change."
    return "These are counts. Whether the difference is more than chance is not worked out here."
