"""The numbers of a plan in its order, and who had a number before; what numbers become is a rule."""

from collections import defaultdict

from sqlalchemy import select, union
from sqlalchemy.orm import Session, joinedload

from tracker.plans.models import Action, Area, FormerNumber, Plan
from tracker.plans.rules.renumbering import Areas, NumberedAction, NumberedArea


def numbered_areas(session: Session, plan: Plan) -> Areas:
    """Return a plan's areas in order, each with its actions in order, in two queries."""
    actions: dict[int, list[NumberedAction]] = defaultdict(list)
    query = select(Action.id, Action.area_id, Action.ref).where(Action.plan_id == plan.id)
    for row in session.execute(query.order_by(Action.position, Action.id)):
        actions[row.area_id].append(NumberedAction(row.id, row.ref))
    areas = session.execute(select(Area.id, Area.number).where(Area.plan_id == plan.id).order_by(Area.number))
    return tuple(NumberedArea(row.id, row.number, tuple(actions[row.id])) for row in areas)


def numbers_used(session: Session, plan_id: int) -> list[str]:
    """Return the numbers that actions of a plan have, and those that one of them had before: letters name both."""
    now = select(Action.ref).where(Action.plan_id == plan_id)
    before = select(FormerNumber.number).where(FormerNumber.plan_id == plan_id, FormerNumber.action_id.is_not(None))
    return list(session.scalars(union(now, before)))


def titles_of(session: Session, plan: Plan) -> tuple[dict[int, str], dict[int, str]]:
    """Return the titles of a plan's areas and of its actions by id, in two queries."""
    areas = session.execute(select(Area.id, Area.title).where(Area.plan_id == plan.id))
    actions = session.execute(select(Action.id, Action.title).where(Action.plan_id == plan.id))
    return {row.id: row.title for row in areas}, {row.id: row.title for row in actions}


def former_holder(session: Session, slug: str, number: str, *, is_area: bool) -> FormerNumber | None:
    """Return who had a number last that nobody may have now, with what it belongs to and the plan."""
    if "\x00" in slug + number:
        return None  # PostgreSQL takes no such text
    of_kind = FormerNumber.area_id if is_area else FormerNumber.action_id
    query = select(FormerNumber).join(FormerNumber.plan).where(Plan.slug == slug, FormerNumber.number == number)
    query = query.where(of_kind.is_not(None)).options(
        joinedload(FormerNumber.action), joinedload(FormerNumber.area).joinedload(Area.plan)
    )
    return session.scalars(query.order_by(FormerNumber.id.desc()).limit(1)).one_or_none()
