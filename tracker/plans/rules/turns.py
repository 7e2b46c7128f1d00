"""What will turn amber or red by a day if nothing is done; the rating itself is the outlook's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.rag import Rag


@dataclass(frozen=True, slots=True)
class Turn:
    """An action's effective rating worsens: on which day, to what, and why in words for a reader of an earlier day.

    `cures` says what would stop each reason; all of them are needed.
    """

    ref: str
    to: Rag
    on: date
    because: tuple[str, ...]
    cures: tuple[str, ...] = ()


def will_turn(outlooks: Mapping[str, Outlook], *, after: date, by: date) -> tuple[Turn, ...]:
    """List what worsens after one day and up to another, that day included, soonest first, then in plan order.

    Only what a reader would see counts: an action that its lead already calls red does not turn (domain A0).
    """
    turns = [turn for ref, outlook in outlooks.items() for turn in _turns(ref, outlook, after, by)]
    return tuple(sorted(turns, key=lambda turn: turn.on))


def _turns(ref: str, outlook: Outlook, after: date, by: date) -> Iterable[Turn]:
    until = outlook.override_until
    lapse = until + timedelta(days=1) if until is not None and until < date.max else None
    for day in sorted({day for day in (outlook.amber_from, outlook.red_from, lapse) if day is not None}):
        rag = outlook.effective_on(day)
        if after < day <= by and rag.concern < outlook.effective_on(day - timedelta(days=1)).concern:
            reasons = [reason for reason in outlook.reasons if reason.level is rag and reason.from_on == day]
            cures = dict.fromkeys(reason.cure for reason in reasons if reason.cure)
            ends = ("The approved override ends",) if day == lapse else ()
            yield Turn(ref, rag, day, (*ends, *(reason.words_to_come for reason in reasons)), tuple(cures))
