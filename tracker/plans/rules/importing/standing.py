"""How an action that is coming in would be rated, by the very rule that rates it once it is in; nothing is stored."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.facts import ActionFacts, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.outlook import Outlook, outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading import ActionReading, MilestoneReading
from tracker.plans.rules.recurrence import next_occurrence
from tracker.plans.rules.undated import undated_since
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind

Meetings = Mapping[str, Sequence[date]]


def outlook_of(action: ActionReading, *, approved_on: date, today: date, meetings: Meetings) -> Outlook:
    """Return the outlook of an action as read, were its plan imported today; `meetings` are those of bodies by name.

    What its column of colours declares counts as an update of today (domain A11).
    """
    is_claim = action.declared is Rag.COMPLETE
    facts = ActionFacts(
        approved_on=approved_on,
        is_placeholder=action.kind is ActionKind.PLACEHOLDER,
        has_lead=bool(action.leads),
        claimed=is_claim,
        last_update_on=today if action.declared is not None else None,
        declared=None if is_claim else action.declared,
        declared_reason=f"The imported plan says: {action.status_text}",
        milestones=tuple(_milestone(one, approved_on, meetings) for one in action.milestones),
    )
    return outlook(facts, Parameters())


def _milestone(reading: MilestoneReading, approved_on: date, meetings: Meetings) -> MilestoneFacts:
    read = reading.date
    awaited = read.waits_on.lower() if read.kind is MilestoneKind.WAITING and read.waits_on else None
    return MilestoneFacts(
        title=reading.title,
        kind=read.kind,
        due=read.due,
        counted_from=undated_since(approved_on, meetings=meetings.get(awaited, ())) if awaited else None,
        waits_on=read.waits_on,
        occurrences=_turn(read, read.due) if read.kind is MilestoneKind.RECURRING and read.due is not None else (),
    )


def _turn(read: TargetDate, due: date) -> tuple[OccurrenceFacts, ...]:
    """Return the first turn, which is still owed: later ones can be no worse."""
    following = next_occurrence(due, due, every_months=read.every_months, every_weeks=read.every_weeks)
    return (OccurrenceFacts(due, next_due=following or due + timedelta(days=366)),)
