"""The milestones of an action one by one, as its update form and its facts show them; nothing is asked of people."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.plans.models import DateChange
from tracker.plans.queries.dates import change_in_words, decider_of, first_due, first_shown, is_move
from tracker.plans.queries.facts import milestone_facts
from tracker.plans.queries.standing import step_of
from tracker.plans.queries.timeline import ActionTimeline, MilestoneRecord, Records
from tracker.plans.rules.recurrence import next_occurrence
from tracker.plans.rules.states import DateChangeState, StepKind
from tracker.plans.rules.strip import Mark, moved_words
from tracker.plans.rules.undated import undated_words
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState
from tracker.plans.rules.wording import short_day

_MOST_TURNS = 6


@dataclass(frozen=True)
class Wish:
    """A date that a lead asked for and nobody decided on yet."""

    id: int
    version: int
    to: str
    reason: str
    asked_on: date
    needs_body: bool = False
    who: str = ""
    kind_of_reason: str = ""


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as it stands today: `shown` is its date in words, `days_late` none when it is not late.

    `turns` are the turns of a recurring one that are owed: the late ones and the next.
    """

    id: int
    title: str
    kind: MilestoneKind
    state: MilestoneState
    mark: Mark
    shown: str
    first_shown: str
    due: date | None
    done_on: date | None
    days_late: int
    times_moved: int
    turns: tuple[date, ...]
    wish: Wish | None
    days_moved: int = 0
    moved: str = ""
    without_date: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is not MilestoneState.DONE

    @property
    def repeats(self) -> bool:
        """Whether it is ticked turn by turn."""
        return self.kind is MilestoneKind.RECURRING


def milestone_lines(timeline: ActionTimeline, records: Records) -> list[MilestoneLine]:
    """Return the milestones of an action in plan order as they stand on the day of the records."""
    found = {record.row.id: record for record in records.actions[timeline.row.id].milestones}
    return [_line(one, found[one.row.id], records) for one in timeline.milestones]


def date_story(session: Session, change: DateChange) -> dict[str, str]:
    """Return what a decision on a date rests on, in words: who decides and why, and the dates that it had before."""
    query = select(DateChange).where(DateChange.milestone_id == change.milestone_id).order_by(DateChange.number)
    record = MilestoneRecord(change.milestone, changes=list(session.scalars(query)))
    approved = [one for one in record.changes if one.state is DateChangeState.APPROVED and one.number < change.number]
    began, first = first_due(record), [change_in_words(one, "from") for one in approved[:1]]
    moved = [f"{change_in_words(one, 'to')} (agreed {short_day(one.decided_on)})" for one in approved if one.decided_on]
    return {
        "who": decider_of(record, change).because,
        "first": (first[0] if first else short_day(began)) if began is not None else "",
        "moves": "; then ".join(moved),
    }


def _line(whole: MilestoneRecord, record: MilestoneRecord, records: Records) -> MilestoneLine:
    row, day = record.row, records.day
    step = step_of(record, records)
    return MilestoneLine(
        id=row.id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        mark=step.mark(day),
        shown=step.shown,
        first_shown=first_shown(whole),
        due=step.due,
        done_on=row.done_on,
        days_late=step.days_late(day),
        times_moved=sum(change.state is DateChangeState.APPROVED and is_move(change) for change in whole.changes),
        turns=_turns(record, records),
        wish=_wish(whole),
        days_moved=step.days_moved,
        moved=moved_words(step),
        without_date=_without_date(record, records),
    )


def _without_date(record: MilestoneRecord, records: Records) -> str:
    """Say of an open milestone without a date how long that is, who decides, and when to ask again."""
    row, approved_on = record.row, records.plan.approved_on
    if row.kind not in {MilestoneKind.UNDATED, MilestoneKind.WAITING} or approved_on is None:
        return ""
    if row.state is MilestoneState.DONE:
        return ""
    own = next(one.row.approved_on for one in records.actions.values() if record in one.milestones)
    approved_on = max(approved_on, own or approved_on)
    since = milestone_facts(record, records, approved_on).counted_from or approved_on
    return undated_words(
        since,
        records.day,
        waits_on=row.waits_on or "",
        decided_by=row.date_decided_by,
        ask_again_on=row.ask_again_on,
    )


def _turns(record: MilestoneRecord, records: Records) -> tuple[date, ...]:
    facts = milestone_facts(record, records, records.plan.approved_on or records.day)
    row = record.row
    if not facts.recurs or row.due is None:
        return ()
    settled = {step.occurrence_due for step in record.steps if step.kind in {StepKind.DONE, StepKind.EXCUSED}}
    turns: list[date] = []
    due: date | None = facts.occurrences[-1].due
    while due is not None and len(turns) < _MOST_TURNS:
        if due not in settled:
            turns.append(due)
        if due >= records.day:
            break
        due = next_occurrence(row.due, due, every_months=row.every_months, every_weeks=row.every_weeks)
    return tuple(turns)


def _wish(record: MilestoneRecord) -> Wish | None:
    asked = [change for change in record.changes if change.state is DateChangeState.ASKED]
    if not asked:
        return None
    last = asked[-1]
    return Wish(
        last.id,
        last.version,
        change_in_words(last, "to"),
        last.reason,
        last.asked_on,
        needs_body=last.needs_body,
        who=decider_of(record, last).because,
        kind_of_reason=last.reason_code.kind if last.reason_code is not None else "",
    )
