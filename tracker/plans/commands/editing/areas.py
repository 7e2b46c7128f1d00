"""Adding an area to a plan and changing its title; what it wants and its actions are beside."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.commands.editing.wordings import checked_words, keep_wording, plan_to_edit, refuse_older
from tracker.plans.commands.numbering import refuse_editing, touch
from tracker.plans.models import Area, Plan
from tracker.plans.rules.wordings import Wording

_TITLE = "the title of the area"


def add_area(session: Session, plan: Plan, *, title: str, by: Person, version: int) -> Area:
    """Add an area at the end of a plan, with the number after the last."""
    refuse_editing(session, plan, by, version)
    title = checked_words(title, field="title", what=_TITLE)
    last = session.scalars(select(func.max(Area.number)).where(Area.plan_id == plan.id)).one() or 0
    area = Area(plan_id=plan.id, number=last + 1, label=str(last + 1), title=title, created_by=by.id, changed_by=by.id)
    session.add(area)
    touch(plan, by)
    session.flush()
    keep_wording(session, area, Wording.AREA, "", title, by=by)
    session.flush()
    return area


def change_area(session: Session, area: Area, *, title: str, by: Person, version: int) -> None:
    """Change the title of an area; the old words stay in its history."""
    plan_to_edit(session, area.plan_id, by)
    refuse_older(area, version, f"area {area.number}")
    title = checked_words(title, field="title", what=_TITLE)
    keep_wording(session, area, Wording.AREA, area.title, title, by=by)
    area.title, area.changed_by = title, by.id
    session.flush()
