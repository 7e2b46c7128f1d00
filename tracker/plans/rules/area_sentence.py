"""The sentence at the head of an area's page, by plain rules out of how its actions stand (ux 8.6, 13.4)."""

from collections.abc import Sequence
from datetime import date

from tracker.core.text import counted, joined
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.wording import day_in_words

_NAMED = 3


def area_sentence(ratings: Sequence[Rag], *, went_red: Sequence[str], overdue: int, since: date | None) -> str:
    """Say how many actions are complete, which went red since the day compared with, and how much is overdue.

    `ratings` are those of all actions, `went_red` the numbers of actions. Withdrawn actions are not counted.
    """
    counting = [rag for rag in ratings if rag is not Rag.WITHDRAWN]
    parts = [_complete(counting), _red(went_red, since), _overdue(overdue)]
    return " ".join(part for part in parts if part)


def _complete(counting: Sequence[Rag]) -> str:
    done = sum(rag.is_closed for rag in counting)
    if not counting:
        return ""
    if not done:
        return "Its action is not complete yet." if len(counting) == 1 else "None of its actions is complete yet."
    return f"{done} of {counted(len(counting), 'action')} {'is' if done == 1 else 'are'} complete."


def _red(refs: Sequence[str], since: date | None) -> str:
    if not refs or since is None:
        return ""
    who = joined(list(refs)) if len(refs) <= _NAMED else counted(len(refs), "action")
    return f"{who} went red since {day_in_words(since)}."


def _overdue(number: int) -> str:
    return f"{counted(number, 'milestone')} {'is' if number == 1 else 'are'} overdue." if number else ""
