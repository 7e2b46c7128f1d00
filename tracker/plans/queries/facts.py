"""Turns a plan's records into the values that the delivery rule takes; the rule itself is in rules."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.plans.models import Plan
from tracker.plans.queries.dates import DateThen, date_then
from tracker.plans.queries.records import load_records
from tracker.plans.queries.timeline import ActionRecord, MilestoneRecord, Records, SignOffRow
from tracker.plans.rules.facts import ActionFacts, Blocker, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.outlook import Outlook, outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.recurrence import next_occurrence
from tracker.plans.rules.states import DeclaredRag, SignOffKind, StepKind
from tracker.plans.rules.undated import undated_since
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind

_CLOSED = {
    SignOffKind.COMPLETE: Rag.COMPLETE,
    SignOffKind.EMBEDDED: Rag.EMBEDDED,
    SignOffKind.WITHDRAWN: Rag.WITHDRAWN,
    SignOffKind.SUPERSEDED: Rag.WITHDRAWN,
    # What was embedded and has lost its effect is complete still (domain A3).
    SignOffKind.CAME_BACK: Rag.COMPLETE,
}


def parameters_of(plan: Plan) -> Parameters:
    """Return a plan's thresholds as the rule takes them."""
    return Parameters(
        amber_days=plan.amber_days,
        lookahead_days=plan.lookahead_days,
        grace_days=plan.grace_days,
        cycle_days=plan.cycle_days,
    )


def outlooks(session: Session, plan: Plan, *, day: date, action_ids: Iterable[int] | None = None) -> dict[int, Outlook]:
    """Return the outlook of a plan's actions by id, from all facts in effect on a day; none for a draft plan."""
    return outlooks_of(load_records(session, plan, day=day, action_ids=action_ids))


def open_turns(session: Session, plan: Plan, *, day: date, action_ids: Iterable[int] | None = None) -> dict[int, date]:
    """Return, by the id of each recurring milestone, the first turn that is neither done nor excused on a day."""
    records = load_records(session, plan, day=day, action_ids=action_ids)
    found: dict[int, date] = {}
    for record in records.actions.values():
        for step in record.milestones:
            turns = _occurrences(step, date_then(step, day))
            if turns:
                found[step.row.id] = turns[-1].due
    return found


def outlooks_of(records: Records) -> dict[int, Outlook]:
    """Work out the outlooks of loaded records.

    Whether an action is red never hangs on another, so a first pass finds when each turns red and the second says what
    that blocks.
    """
    approved_on = records.plan.approved_on
    if approved_on is None:
        return {}
    parameters = parameters_of(records.plan)
    first = {
        key: outlook(_facts(record, records, approved_on, ()), parameters) for key, record in records.actions.items()
    }
    blocked = {key: _blockers(record, first) for key, record in records.actions.items() if record.blockers}
    for key, blockers in blocked.items():
        facts = _facts(records.actions[key], records, approved_on, blockers)
        first[key] = outlook(facts, parameters)
    return first


def _blockers(record: ActionRecord, known: dict[int, Outlook]) -> tuple[Blocker, ...]:
    found = []
    for link in record.blockers:
        red_from = known[link.id].red_from if link.id in known else link.red_from
        if red_from is not None:
            found.append(Blocker(link.ref, red_from))
    return tuple(found)


def _facts(record: ActionRecord, records: Records, plan_approved: date, blockers: tuple[Blocker, ...]) -> ActionFacts:
    row, update, sign_off = record.row, record.last_update, record.sign_off
    approved_on = max(plan_approved, row.approved_on or plan_approved)
    declared = update.declared if update is not None else None
    is_claim = declared is DeclaredRag.COMPLETE
    held = _when(sign_off, SignOffKind.ON_HOLD)
    # A claim that the office has since re-opened is answered; holding and resuming leave it standing.
    reopened = _when(sign_off, SignOffKind.REOPENED)
    is_answered = reopened is not None and update is not None and reopened.update_id == update.id
    return ActionFacts(
        approved_on=approved_on,
        starts_on=row.starts_on,
        closed=_CLOSED.get(sign_off.kind) if sign_off is not None else None,
        is_placeholder=row.kind is ActionKind.PLACEHOLDER,
        has_lead=row.lead is not None,
        lead_left_on=row.lead_left_on,
        on_hold_from=held.effective_on if held is not None else None,
        review_on=held.review_on if held is not None else None,
        claimed=is_claim and not is_answered,
        last_update_on=update.effective_on if update is not None else None,
        declared=Rag(declared.value) if declared is not None and not is_claim else None,
        declared_reason=update.why if update is not None else "",
        override=record.override,
        blocked_by=blockers,
        milestones=tuple(milestone_facts(step, records, approved_on) for step in record.milestones),
    )


def _when(sign_off: SignOffRow | None, kind: SignOffKind) -> SignOffRow | None:
    return sign_off if sign_off is not None and sign_off.kind is kind else None


def milestone_facts(
    record: MilestoneRecord, records: Records, approved_on: date, then: DateThen | None = None
) -> MilestoneFacts:
    """Return a milestone as it stood on the day of the records, whose action was approved on another.

    Whoever knows its date `then` already hands it in.
    """
    then = then or date_then(record, records.day)
    started_on, done_on = state_of(record)
    return MilestoneFacts(
        title=record.row.title,
        kind=then.kind,
        due=then.due,
        forecast=then.forecast,
        counted_from=_counted_from(then, record, records, approved_on),
        waits_on=then.waits_on,
        started_on=started_on,
        done_on=done_on,
        occurrences=_occurrences(record, then),
    )


def state_of(record: MilestoneRecord) -> tuple[date | None, date | None]:
    """Return since when a milestone is started and done, by its steps; those of single turns count there.

    Steps stand in the order in which they were recorded: one that is called done again after it was re-opened is done
    since the day given, which may lie before the re-opening.
    """
    started_on: date | None = None
    done_on: date | None = None
    for step in record.steps:
        if step.occurrence_due is not None:
            continue
        if step.kind is StepKind.STARTED:
            started_on = min(started_on or step.effective_on, step.effective_on)
        elif step.kind is StepKind.DONE:
            done_on = step.effective_on
        elif step.kind is StepKind.REOPENED:
            done_on = None
    return started_on, done_on


def _counted_from(then: DateThen, record: MilestoneRecord, records: Records, approved_on: date) -> date | None:
    """Return the day from which undated work counts when it is not its approval (domain A4, 4 and 7)."""
    awaited = then.waits_on.lower() if then.kind is MilestoneKind.WAITING and then.waits_on else None
    since = then.since or record.row.agreed_on
    if awaited is None and since is None:
        return None
    return undated_since(approved_on, decided_on=since, meetings=records.meetings.get(awaited or "", ()))


def _occurrences(record: MilestoneRecord, then: DateThen) -> tuple[OccurrenceFacts, ...]:
    """Return the turns of a recurring milestone up to the first that is still owed: later ones can be no worse."""
    if then.kind is not MilestoneKind.RECURRING or then.due is None:
        return ()
    settled = {step.occurrence_due: step for step in record.steps if step.occurrence_due is not None}
    found: list[OccurrenceFacts] = []
    due: date | None = then.due
    while due is not None:
        step = settled.get(due)
        following = next_occurrence(then.due, due, every_months=then.every_months, every_weeks=then.every_weeks)
        found.append(_occurrence(due, following, step.kind if step else None, step.effective_on if step else None))
        due = following if step is not None else None
    return tuple(found)


def _occurrence(due: date, following: date | None, kind: StepKind | None, day: date | None) -> OccurrenceFacts:
    return OccurrenceFacts(
        due=due,
        next_due=following or due + timedelta(days=366),
        done_on=day if kind is StepKind.DONE else None,
        excused=kind is StepKind.EXCUSED,
    )
