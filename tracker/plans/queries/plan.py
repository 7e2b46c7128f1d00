"""Finding a plan and its areas by their addresses, with the inspection items that areas answer; no action here."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from tracker.plans.models import Area, AreaItem, Plan


def plan_by_slug(session: Session, slug: str) -> Plan | None:
    """Return a plan with its areas in order and the inspection items they answer, in one query."""
    if "\x00" in slug:
        return None
    return session.scalars(_plans().where(Plan.slug == slug)).unique().one_or_none()


def area_by_number(session: Session, slug: str, number: int) -> Area | None:
    """Return an area of a plan with that plan and all its areas, in one query."""
    plan = plan_by_slug(session, slug)
    return next((area for area in plan.areas if area.number == number), None) if plan else None


def _plans() -> Select[Plan]:
    return select(Plan).options(
        joinedload(Plan.areas).options(
            joinedload(Area.items).joinedload(AreaItem.item),
            joinedload(Area.plan),
        )
    )
