"""Adding a milestone to an action, changing its words, and in a draft its date; moving an approved one is not here."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.editing.actions import remove_whole
from tracker.plans.commands.editing.wordings import (
    checked_words,
    count_as_change,
    keep_wording,
    plan_to_edit,
    refuse_approved,
    refuse_older,
)
from tracker.plans.commands.first_dates import first_date, in_action_since, set_first_date
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, Area, Milestone, Plan
from tracker.plans.queries.contents import date_words
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.wordings import Wording

_TITLE = "the title of the milestone"


def add_milestone(
    session: Session, action: Action, *, title: str, date: TargetDate, by: Person, version: int
) -> Milestone:
    """Add a milestone at the end of an action; its date is the first one it has.

    In an approved plan it is there from today: as at an earlier day it is not, and without a date its clock starts now.
    """
    plan = _refuse(session, action, by, version)
    title = checked_words(title, field="title", what=_TITLE)
    last = session.scalars(select(func.max(Milestone.position)).where(Milestone.action_id == action.id)).one() or 0
    milestone = Milestone(
        action_id=action.id,
        position=last + 1,
        title=title,
        agreed_on=in_action_since(plan, action),
        **first_date(date),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(milestone)
    count_as_change(action, by)
    session.flush()
    _keep(session, action, Wording.MILESTONE, "", f"{title}: {date_words(milestone)}", by=by)
    refresh_outlook(session, action)
    return milestone


def change_milestone(
    session: Session, milestone: Milestone, *, title: str, date: TargetDate | None, by: Person, version: int
) -> None:
    """Change the words of a milestone, and its date while the plan is a draft; no date leaves the one it has.

    In an approved plan a date is moved, with a reason and an approval, and never edited (domain A4, 7).
    """
    action = session.get_one(Action, milestone.action_id)
    plan = _refuse(session, action, by, version)
    title = checked_words(title, field="title", what=_TITLE)
    if date is not None and plan.status is not PlanStatus.DRAFT:
        raise Invalid("date", "The plan is approved, so its dates are moved, with a reason, and not edited")
    _keep(session, action, Wording.MILESTONE, milestone.title, title, by=by)
    milestone.title, milestone.changed_by = title, by.id
    if date is not None:
        before = date_words(milestone)
        set_first_date(milestone, date)
        _keep(session, action, Wording.DATE, f"{title}: {before}", f"{title}: {date_words(milestone)}", by=by)
    count_as_change(action, by)
    refresh_outlook(session, action)


def remove_milestone(session: Session, milestone: Milestone, *, by: Person, version: int) -> None:
    """Take a milestone out of a draft; its words stay in the history of its action."""
    action = session.get_one(Action, milestone.action_id)
    plan = plan_to_edit(session, action.plan_id, by)
    refuse_older(action, version, action.ref)
    refuse_approved(plan, "a milestone")
    _keep(session, action, Wording.MILESTONE, f"{milestone.title}: {date_words(milestone)}", "", by=by)
    remove_whole(session, milestone)
    count_as_change(action, by)
    refresh_outlook(session, action)


def _refuse(session: Session, action: Action, by: Person, version: int) -> Plan:
    plan = plan_to_edit(session, action.plan_id, by)
    refuse_older(action, version, action.ref)
    refuse_closed(session, action)
    return plan


def _keep(session: Session, action: Action, what: Wording, before: str, after: str, *, by: Person) -> None:
    keep_wording(session, session.get_one(Area, action.area_id), what, before, after, by=by, action=action)
