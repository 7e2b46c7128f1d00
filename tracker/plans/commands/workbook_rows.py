"""A row of a workbook as an update says it; how it differs from what is stored is the rules', saving the updates'."""

from collections.abc import Iterable
from datetime import date

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.plans.commands.answers import Answer, MilestoneAnswer, Shown, Way, Words
from tracker.plans.models import Milestone
from tracker.plans.rules.dates import DateProblem, TargetDate, read_done_on, read_target_date
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import CAME_BY_WORKBOOK, ActionRow, MilestoneRow


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


def _milestone(part: MilestoneRow, milestone: Milestone | None) -> MilestoneAnswer:
    if milestone is None:
        raise Conflict(None, f"“{part.title}” is no longer a milestone of this action")
    reached = part.reached
    if part.turn and reached is MilestoneState.STARTED:
        raise Invalid(None, f"“{part.title}” repeats, so its turns are done or not")
    try:
        done_on = read_done_on(part.done_on, today=clock.today()) if reached is MilestoneState.DONE else None
        new_date = _new_date(part)
    except DateProblem as problem:
        raise Invalid(None, f"“{part.title}”: {problem}") from problem
    return MilestoneAnswer(
        milestone,
        started_on=clock.today() if reached is MilestoneState.STARTED else None,
        done_on=None if part.turn else done_on,
        ticked=((date.fromisoformat(part.turn), done_on),) if part.turn and done_on else (),
        new_date=new_date,
        because=part.because,
    )


def _new_date(part: MilestoneRow) -> TargetDate | None:
    return read_target_date(part.new_date, today=clock.today()) if part.new_date else None
