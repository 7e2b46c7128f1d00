"""A row of a workbook as an update says it, and how it differs from what is stored; saving is not here."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.plans.commands.updates import Answer, MilestoneAnswer, Shown, Way, Words
from tracker.plans.models import Milestone, Update
from tracker.plans.queries.workbook import shown_date
from tracker.plans.rules.dates import DateProblem, TargetDate, read_day, read_target_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import ActionRow, Difference, MilestoneRow
from tracker.plans.rules.workbook.columns import UPDATE_COLUMNS

CAME_BY_WORKBOOK = "Workbook"
_ASK_DAY = "Enter the day on which it was done, for example 15 Jan 2027"
_STATES = {MilestoneState.NOT_STARTED: "Not started", MilestoneState.STARTED: "Started", MilestoneState.DONE: "Done"}
_HEADINGS = {column.name: column.heading for column in UPDATE_COLUMNS}


def answer_of_row(row: ActionRow, milestones: Iterable[Milestone], *, form_token: str | None) -> Answer:
    """Return a row as the update form would say it; raises `Invalid` for a date that cannot be read."""
    by_id = {milestone.id: milestone for milestone in milestones}
    return Answer(
        declared=row.colour,
        words=Words(row.happened, row.why, row.doing),
        milestones=tuple(_milestone(part, by_id.get(part.milestone_id)) for part in row.milestones),
        evidence=(Shown(row.evidence),) if row.evidence else (),
        way=Way(came_by=CAME_BY_WORKBOOK, form_token=form_token),
    )


def differences_of(row: ActionRow, last: Update | None, milestones: Iterable[Milestone]) -> tuple[Difference, ...]:
    """Return what a row changes, in words: the colour and the story, then each milestone."""
    by_id = {milestone.id: milestone for milestone in milestones}
    was = Rag(last.declared.value).word if last else "No update yet"
    found = [Difference(_HEADINGS["declared"], was, row.declared)]
    for name in ("happened", "why", "doing"):
        will = getattr(row, name)
        if will:
            found.append(Difference(_HEADINGS[name], getattr(last, name) if last else "", will))
    if row.evidence:
        found.append(Difference(_HEADINGS["evidence"], "", row.evidence))
    for part in row.milestones:
        milestone = by_id.get(part.milestone_id)
        found += _milestone_differences(part, milestone) if milestone else ()
    return tuple(found)


def behind_milestone(row: ActionRow, versions: dict[str, int]) -> MilestoneRow | None:
    """Return the first milestone of a row that changed since the workbook was made, or is no more."""
    return next((part for part in row.milestones if versions.get(str(part.milestone_id)) != part.version), None)


def form_fields(row: ActionRow) -> dict[str, Sequence[str]]:
    """Return a row as the fields of the update form by name, as a draft keeps what was typed."""
    typed: dict[str, Sequence[str]] = {"declared": [row.colour.value]}
    typed |= {name: [getattr(row, name)] for name in ("happened", "why", "doing", "evidence")}
    for part in row.milestones:
        name = f"m{part.milestone_id}"
        typed |= {f"{name}_{field}": [getattr(part, field)] for field in ("done_on", "new_date", "because")}
        if part.turn and part.reached is MilestoneState.DONE:
            typed[f"{name}_turns"] = [part.turn]
        elif part.reached is not None:
            typed[f"{name}_state"] = [part.reached.value]
    return typed


def _milestone(part: MilestoneRow, milestone: Milestone | None) -> MilestoneAnswer:
    if milestone is None:
        raise Conflict(None, f"“{part.title}” is no longer a milestone of this action")
    reached, today = part.reached, clock.today()
    if part.turn and reached is MilestoneState.STARTED:
        raise Invalid(None, f"“{part.title}” repeats, so its turns are done or not")
    done_on = _day(part) if reached is MilestoneState.DONE else None
    return MilestoneAnswer(
        milestone,
        started_on=today if reached is MilestoneState.STARTED else None,
        done_on=None if part.turn else done_on,
        ticked=((date.fromisoformat(part.turn), done_on),) if part.turn and done_on else (),
        new_date=_new_date(part) if part.new_date else None,
        because=part.because,
    )


def _day(part: MilestoneRow) -> date:
    if not part.done_on:
        return clock.today()
    try:
        return read_day(part.done_on, today=clock.today(), ask=_ASK_DAY)
    except DateProblem as problem:
        raise Invalid(None, f"“{part.title}”: {problem}") from problem


def _new_date(part: MilestoneRow) -> TargetDate:
    try:
        return read_target_date(part.new_date, today=clock.today())
    except DateProblem as problem:
        raise Invalid(None, f"“{part.title}”: {problem}") from problem


def _milestone_differences(part: MilestoneRow, milestone: Milestone) -> list[Difference]:
    found = []
    if part.reached is not None:
        done = f"Done on {part.done_on or 'the day you save it'}" if part.state == "Done" else part.state
        turn = date.fromisoformat(part.turn) if part.turn else None
        was = f"Turn of {turn:%-d %b %Y}" if turn else _STATES[milestone.state]
        found.append(Difference(part.title, was, done))
    if part.new_date:
        why = f" ({part.because})" if part.because else ""
        found.append(Difference(f"{part.title}: date", shown_date(milestone), f"{_said(part)}{why}"))
    return found


def _said(part: MilestoneRow) -> str:
    try:
        return _new_date(part).shown()
    except Invalid:
        return part.new_date
