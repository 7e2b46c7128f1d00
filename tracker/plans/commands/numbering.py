"""Putting a plan's actions in another order, and numbering it through; words are edited elsewhere."""

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.models import Action, Area, FormerNumber, Plan
from tracker.plans.queries.numbers import numbered_areas
from tracker.plans.rules.renumbering import (
    Areas,
    NoPlaceError,
    Renumbering,
    action_moved,
    action_shifted,
    area_moved,
    in_safe_order,
    renumberings,
)


def move_action(session: Session, plan: Plan, action: Action, *, to: str, by: Person, version: int) -> None:
    """Put an action in the place of another, named by its number; numbers stay until the plan is numbered through.

    Raises `Invalid` for a number that is no place, and `Conflict` when somebody else put the plan in order meanwhile.
    """
    _arrange(session, plan, lambda areas: action_moved(areas, action.id, to), by, version, field="to")


def shift_action(session: Session, plan: Plan, action: Action, *, down: bool, by: Person, version: int) -> None:
    """Put an action one place up or down in its area; numbers stay until the plan is numbered through."""
    _arrange(session, plan, lambda areas: action_shifted(areas, action.id, 1 if down else -1), by, version, field=None)


def renumber_plan(
    session: Session, plan: Plan, *, by: Person, version: int, area: tuple[int, int] | None = None
) -> tuple[Renumbering, ...]:
    """Number a plan through in its order, all in one go, and return what has another number now.

    `area` moves an area, named by its number, to another place first. Earlier numbers are kept with the day until which
    they held, so that old addresses lead on. Links hold actions and not numbers, so they keep working.
    """
    refuse_editing(session, plan, by, version)
    areas = numbered_areas(session, plan)
    try:
        order = area_moved(areas, *area) if area is not None else areas
    except NoPlaceError as problem:
        raise Invalid("to", str(problem)) from None
    changes = renumberings(order)
    if not changes:
        raise Conflict(None, "Every number is in order already")
    give_numbers(session, plan, changes, by=by)
    _write_order(session, order, by)
    touch(plan, by)
    session.flush()
    return changes


def refuse_editing(session: Session, plan: Plan, by: Person, version: int | None) -> None:
    """Refuse to edit a plan: to who may not, to who saw an older state of it, and when the plan is over."""
    if not may(person_with_roles(session, by.id), Permission.PLAN_EDIT, plan):
        raise Forbidden(None, "Only the programme office edits a plan")
    refuse_over(session, plan.id)
    if version not in {None, plan.version}:
        raise Conflict(None, "Somebody else changed the order or the numbers of this plan since you opened the page")


def give_numbers(session: Session, plan: Plan, changes: Iterable[Renumbering], *, by: Person) -> None:
    """Give areas and actions other numbers, all at once, and keep those they had, so that old addresses lead on."""
    changes = tuple(changes)
    _write_numbers(session, changes, by)
    _keep_former(session, plan, changes, by)


def touch(plan: Plan, by: Person) -> None:
    """Count a change of the plan's order as a change of the plan, so that a second person at once is told of it."""
    plan.changed_by = by.id
    flag_modified(plan, "changed_at")


def _arrange(
    session: Session,
    plan: Plan,
    arranged: Callable[[Areas], Areas],
    by: Person,
    version: int,
    *,
    field: str | None,
) -> None:
    refuse_editing(session, plan, by, version)
    try:
        order = arranged(numbered_areas(session, plan))
    except NoPlaceError as problem:
        raise Invalid(field, str(problem)) from None
    _write_order(session, order, by)
    touch(plan, by)
    session.flush()


def _write_order(session: Session, areas: Areas, by: Person) -> None:
    """Store places and areas of actions; only those that changed are written."""
    places = [(action.id, area.id) for area in areas for action in area.actions]
    known = {action.id: action for action in session.scalars(select(Action).where(Action.id.in_(dict(places))))}
    for position, (action_id, area_id) in enumerate(places, start=1):
        action = known[action_id]
        if (action.position, action.area_id) != (position, area_id):
            action.position, action.area_id, action.changed_by = position, area_id, by.id
    session.flush()


def _write_numbers(session: Session, changes: tuple[Renumbering, ...], by: Person) -> None:
    for is_area in (True, False):
        kind = [change for change in changes if change.is_area is is_area]
        for change, is_aside in in_safe_order(kind):
            if is_area:
                _number_area(session.get_one(Area, change.id), -change.id if is_aside else int(change.new), by)
            else:
                action = session.get_one(Action, change.id)
                action.ref, action.changed_by = f"~{change.id}" if is_aside else change.new, by.id
            session.flush()


def _number_area(area: Area, number: int, by: Person) -> None:
    """Give an area its number; a label that was only the number goes with it."""
    if area.label == str(area.number):
        area.label = str(number)
    area.number, area.changed_by = number, by.id


def _keep_former(session: Session, plan: Plan, changes: tuple[Renumbering, ...], by: Person) -> None:
    """Keep the numbers that areas and actions have had until today, so that old addresses lead on."""
    for change in changes:
        session.add(
            FormerNumber(
                plan_id=plan.id,
                area_id=change.id if change.is_area else None,
                action_id=None if change.is_area else change.id,
                number=change.old,
                until_on=clock.today(),
                created_by=by.id,
                changed_by=by.id,
            )
        )
