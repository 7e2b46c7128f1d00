"""Adding an action to an area, changing its title, and taking it out of a draft; milestones are beside."""

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict
from tracker.people.models import LeadParty, Person
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.editing.wordings import (
    checked_words,
    count_as_change,
    keep_wording,
    plan_to_edit,
    refuse_approved,
    refuse_older,
)
from tracker.plans.commands.first_dates import in_plan_since
from tracker.plans.commands.mentions import forget_action, forget_words
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    Area,
    Evidence,
    FormerNumber,
    FormerWording,
    Milestone,
    ReimportChange,
    SignOff,
    Update,
    UpdateDraft,
)
from tracker.plans.queries.numbers import numbered_areas, numbers_used
from tracker.plans.rules.renumbering import free_number
from tracker.plans.rules.states import ActionState, MentionedIn
from tracker.plans.rules.vocabulary import ActionKind
from tracker.plans.rules.wordings import Wording

_TITLE = "the title of the action"


def add_action(
    session: Session, area: Area, *, title: str, kind: ActionKind, lead: LeadParty | None, by: Person, version: int
) -> Action:
    """Add an action at the end of an area, with the next number that no action of the plan has or had.

    In an approved plan it counts as approved today, so that the clocks of its undated work and its updates start now;
    the office may set another day. The next version of the plan holds it.
    """
    plan = plan_to_edit(session, area.plan_id, by)
    refuse_older(area, version, f"area {area.number}")
    title = checked_words(title, field="title", what=_TITLE)
    areas = numbered_areas(session, plan)
    action = Action(
        plan_id=plan.id,
        area_id=area.id,
        position=_place(session, area),
        ref=free_number(areas, area.id, numbers_used(session, plan.id)),
        title=title,
        kind=kind,
        state=ActionState.AGREED,
        approved_on=in_plan_since(plan),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(action)
    count_as_change(area, by)
    session.flush()
    if lead is not None:
        session.add(ActionLead(action_id=action.id, party_id=lead.id, position=1, created_by=by.id, changed_by=by.id))
    keep_wording(session, area, Wording.ACTION, "", title, by=by, action=action)
    refresh_outlook(session, action)
    return action


def change_action(session: Session, action: Action, *, title: str, by: Person, version: int) -> None:
    """Change the title of an action; the old words stay in its history."""
    plan_to_edit(session, action.plan_id, by)
    refuse_older(action, version, action.ref)
    refuse_closed(session, action)
    title = checked_words(title, field="title", what=_TITLE)
    keep_wording(
        session, session.get_one(Area, action.area_id), Wording.ACTION, action.title, title, by=by, action=action
    )
    action.title, action.changed_by = title, by.id
    session.flush()


def remove_action(session: Session, action: Action, *, by: Person, version: int) -> None:
    """Take an action out of a draft with its milestones; its words stay in the history of its area.

    In an approved plan it is withdrawn instead, and so is one for which there are updates, evidence or decisions.
    """
    plan = plan_to_edit(session, action.plan_id, by)
    refuse_older(action, version, action.ref)
    refuse_approved(plan, action.ref)
    for kind in (Update, Evidence, SignOff):
        if session.scalar(select(kind.id).where(kind.action_id == action.id).limit(1)) is not None:
            raise Conflict(None, f"{action.ref} has updates, evidence or decisions, so it is withdrawn and not removed")
    area = session.get_one(Area, action.area_id)
    for milestone in session.scalars(select(Milestone).where(Milestone.action_id == action.id)).all():
        remove_whole(session, milestone)
    _remove_rows(session, action)
    keep_wording(session, area, Wording.ACTION, f"{action.ref} {action.title}", "", by=by)
    count_as_change(area, by)
    session.delete(action)
    session.flush()


def remove_whole(session: Session, milestone: Milestone) -> None:
    """Take a milestone out with its leads, its steps and its dates."""
    session.refresh(milestone, ["leads", "steps", "date_changes"])
    forget_words(session, (MentionedIn.STEP,), [step.id for step in milestone.steps])
    forget_words(session, (MentionedIn.ASKED, MentionedIn.DECIDED), [change.id for change in milestone.date_changes])
    for part in (*milestone.leads, *milestone.steps, *milestone.date_changes):
        session.delete(part)
    session.flush()
    session.delete(milestone)
    session.flush()


def _remove_rows(session: Session, action: Action) -> None:
    session.execute(delete(UpdateDraft).where(UpdateDraft.action_id == action.id))
    forget_action(session, action)
    links = session.scalars(
        select(ActionLink).where(or_(ActionLink.from_id == action.id, ActionLink.to_id == action.id))
    ).all()
    forget_words(session, (MentionedIn.LINK, MentionedIn.ENDED), [link.id for link in links])
    for link in links:
        session.delete(link)
    # What came from which file stays told, by number and title.
    for change in session.scalars(select(ReimportChange).where(ReimportChange.action_id == action.id)).all():
        change.action_id = None
    for kind in (ActionLead, FormerNumber, FormerWording):
        for row in session.scalars(select(kind).where(kind.action_id == action.id)).all():
            session.delete(row)
    session.flush()
    session.refresh(action, ["leads"])


def _place(session: Session, area: Area) -> int:
    """Return the place after the last action of the area, and make room there."""
    last = session.scalars(
        select(func.max(Action.position))
        .join(Action.area)
        .where(Area.plan_id == area.plan_id, Area.number <= area.number)
    ).one()
    place = (last or 0) + 1
    later = select(Action).where(Action.plan_id == area.plan_id, Action.position >= place)
    for action in session.scalars(later.order_by(Action.position.desc())).all():
        action.position += 1
    session.flush()
    return place
