"""The sentences made from what changed, by plain rules (ux 13.4); what changed is worked out elsewhere."""

from tracker.core.text import counted, joined
from tracker.plans.rules.changes import Changes, Group
from tracker.plans.rules.rag import Rag


def changes_sentence(changes: Changes) -> str:
    """Say in one to three sentences how many actions changed colour, dates moved later, and actions came or went.

    Parts of zero are left out; without any change of colour it says so.
    """
    sentences = [
        _listed(_colour_parts(changes)) or "No action changed colour.",
        _listed(_date_parts(changes), of="milestone date"),
        _listed(_coming_and_going_parts(changes)),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _colour_parts(changes: Changes) -> list[tuple[int, str]]:
    return [
        (len(changes.group(Group.WENT_RED)), "went red"),
        (len(changes.group(Group.WENT_AMBER)), _went_amber(changes)),
        _being(changes, Group.NO_LONGER_SCHEDULED, "is no longer scheduled", "are no longer scheduled"),
        (len(changes.group(Group.IMPROVED)), "improved"),
        _being(changes, Group.COMPLETED, "was completed", "were completed"),
        (len(changes.group(Group.CAME_BACK)), "came back"),
    ]


def _coming_and_going_parts(changes: Changes) -> list[tuple[int, str]]:
    return [
        _being(changes, Group.NEW, "is new", "are new"),
        _being(changes, Group.WITHDRAWN, "was withdrawn", "were withdrawn"),
    ]


def _being(changes: Changes, group: Group, one: str, several: str) -> tuple[int, str]:
    number = len(changes.group(group))
    return number, one if number == 1 else several


def _went_amber(changes: Changes) -> str:
    """Name green as the start only if every one of them was green."""
    before = {change.before.effective for change in changes.group(Group.WENT_AMBER) if change.before}
    return "went from green to amber" if before == {Rag.GREEN} else "went amber"


def _date_parts(changes: Changes) -> list[tuple[int, str]]:
    """Count every move once, so that the parts make up the number of dates that changed."""
    moves = changes.date_moves
    was_set = sum(move.was_due is None for move in moves)
    was_lost = sum(move.due is None for move in moves)
    later = changes.moved_later
    return [
        (later, "moved later"),
        (len(moves) - later - was_set - was_lost, "moved earlier"),
        (was_set, "was set" if was_set == 1 else "were set"),
        (was_lost, "is to be confirmed again" if was_lost == 1 else "are to be confirmed again"),
    ]


def _listed(parts: list[tuple[int, str]], *, of: str = "action") -> str:
    """Join the parts that are not zero; the first one names what is counted."""
    told = [(number, words) for number, words in parts if number]
    if not told:
        return ""
    (number, words), *others = told
    return joined([f"{counted(number, of)} {words}", *(f"{count} {says}" for count, says in others)]) + "."
