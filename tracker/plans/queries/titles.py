"""Plans by title, for choosing one; what is in them is read elsewhere."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.plans.models import Area, Plan

_NEWEST = 5


def plan_titles(session: Session) -> list[tuple[int, str]]:
    """Return the id and the title of every plan, the newest first."""
    rows = session.execute(select(Plan.id, Plan.title).order_by(Plan.id.desc()))
    return [(number, title) for number, title in rows]


def area_titles(session: Session) -> list[tuple[int, str]]:
    """Return the id of every area of the five newest plans, with a name that says in which plan it stands."""
    newest = select(Plan.id).order_by(Plan.id.desc()).limit(_NEWEST).subquery()
    query = select(Area.id, Plan.title, Area.number, Area.title.label("area_title")).join(Plan, Plan.id == Area.plan_id)
    query = query.where(Plan.id.in_(select(newest.c.id))).order_by(Plan.id.desc(), Area.number)
    return [(row.id, f"{row.number} {row.area_title} ({row.title})") for row in session.execute(query)]


def area_name(session: Session, area_id: int) -> str:
    """Return an area's number and title with its plan, whatever plan that is; nothing when there is none."""
    query = select(Area.number, Area.title, Plan.title.label("plan_title")).join(Plan, Plan.id == Area.plan_id)
    row = session.execute(query.where(Area.id == area_id)).first()
    return f"{row.number} {row.title} ({row.plan_title})" if row is not None else ""
