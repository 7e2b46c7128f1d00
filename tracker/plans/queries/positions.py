"""How a plan's actions stood on a day, as values that two days are compared by."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.plans.models import Plan
from tracker.plans.queries.dates import date_then
from tracker.plans.queries.facts import outlooks_of, state_of
from tracker.plans.queries.records import load_records
from tracker.plans.queries.timeline import ActionRecord, MilestoneRecord, Records
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.positions import MilestonePosition, Position
from tracker.plans.rules.vocabulary import MilestoneKind


def positions(session: Session, plan: Plan, *, day: date) -> dict[str, Position]:
    """Return how each action of a plan stood on a day, by number in plan order, from all facts now known.

    Raises ValueError for a day before the plan's approval: there was no position then (domain A0).
    """
    records = load_records(session, plan, day=day)
    return positions_of(records, outlooks_of(records))


def positions_of(records: Records, outlooks: Mapping[int, Outlook]) -> dict[str, Position]:
    """Return how loaded actions stood on the day of their records, given their outlooks.

    One that was approved later did not stand at all.
    Raises ValueError for a day before the plan's approval, and for a draft.
    """
    approved_on, day = records.plan.approved_on, records.day
    if approved_on is None or day < approved_on:
        raise ValueError("There is no position before the plan's approval.")
    return {record.row.ref: _position(record, outlooks[key], day) for key, record in records.in_plan.items()}


def _position(record: ActionRecord, outlook: Outlook, day: date) -> Position:
    update = record.last_update
    return Position(
        title=record.row.title,
        effective=outlook.effective_on(day),
        computed=outlook.computed_on(day),
        declared=outlook.declared,
        reasons=tuple(reason.words for reason in outlook.reasons_on(day)),
        lead=record.row.lead,
        last_update_on=update.effective_on if update is not None else None,
        milestones=tuple(_milestone(step, day) for step in record.milestones),
    )


def _milestone(record: MilestoneRecord, day: date) -> MilestonePosition:
    then = date_then(record, day)
    _, done_on = state_of(record)
    return MilestonePosition(
        key=record.row.id,
        title=record.row.title,
        due=then.due,
        done=done_on is not None,
        times_moved=then.times_moved,
        moved_because=then.because,
        recurs=then.kind is MilestoneKind.RECURRING,
    )
