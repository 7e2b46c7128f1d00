"""The slippage report: which actions had dates moved, how often and how far, by lead and by reason (domain A10, 5)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.plans.queries.dates import change_in_words, date_then
from tracker.plans.queries.reports.reported import About, Reported
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.timeline import MilestoneRecord, approved_changes
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.slippage import Move, ReasonCount, Slip, Slipped, reasons_for, slip_of, slipped
from tracker.plans.rules.states import DateChangeKind
from tracker.plans.rules.vocabulary import MilestoneKind


@dataclass(frozen=True)
class SlippedAction:
    """An action whose dates moved, with each milestone that did."""

    about: About
    rag: Rag
    whole: Slipped
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class SlippedLead:
    """What slipped of the actions that a lead answers for, out of how many."""

    lead: str
    actions: int
    of: int
    whole: Slipped


def slipped_actions(report: Reported) -> list[SlippedAction]:
    """Return the actions with a date that moved, the furthest first; withdrawn ones are not counted (domain A0)."""
    found = [_action(report, action) for action in report.actions if _counts(action)]
    return sorted((action for action in found if action.slips), key=lambda action: action.whole.weight)


def slipped_leads(report: Reported, actions: Iterable[SlippedAction]) -> list[SlippedLead]:
    """Return the same by the accountable lead, whose dates moved furthest first."""
    of: dict[str, int] = defaultdict(int)
    for action in report.actions:
        of[report.about(action).lead] += _counts(action)
    found: dict[str, list[SlippedAction]] = defaultdict(list)
    for slip in actions:
        found[slip.about.lead].append(slip)
    leads = [
        SlippedLead(lead, len(group), of[lead], slipped(slip for action in group for slip in action.slips))
        for lead, group in found.items()
    ]
    return sorted(leads, key=lambda lead: (*lead.whole.weight, lead.lead.casefold()))


def slip_reasons(actions: Iterable[SlippedAction]) -> tuple[ReasonCount, ...]:
    """Return the reasons that leads gave, the most frequent first."""
    return reasons_for(move for action in actions for slip in action.slips for move in slip.moves)


def slips_of(records: Sequence[MilestoneRecord], day: date) -> tuple[Slip, ...]:
    """Return how milestones slipped by a day, those whose date never moved left out, and those that repeat."""
    found = (_slip(record, day) for record in records)
    return tuple(slip for slip in found if slip is not None)


def _slip(record: MilestoneRecord, day: date) -> Slip | None:
    then = date_then(record, day)
    if then.kind is MilestoneKind.RECURRING:
        return None
    changes = [
        change
        for change in approved_changes(record, day)
        if change.from_due is not None
        and change.from_kind is not MilestoneKind.RECURRING
        and change.kind is not DateChangeKind.CORRECTION
    ]
    slip = slip_of(
        record.row.title,
        [Move(change.from_due, change.to_due, change.decided_on, change.reason, _kind(change)) for change in changes],
        now=then.due,
    )
    if slip is None:
        return None
    now = stored_date(then.kind, then.precision, then.due, text=then.text, waits_on=then.waits_on).shown()
    return replace(slip, first_shown=change_in_words(changes[0], "from"), now_shown=now)


def _kind(change: Any) -> str:
    return change.reason_code.kind if change.reason_code is not None else ""


def _counts(action: Standing) -> bool:
    return action.rag is not None and action.rag is not Rag.WITHDRAWN


def _action(report: Reported, action: Standing) -> SlippedAction:
    slips = slips_of(report.timeline.actions[action.row.id].milestones, report.day)
    assert action.rag is not None
    return SlippedAction(report.about(action), action.rag, slipped(slips), slips)
