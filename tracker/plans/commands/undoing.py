"""Taking back a plan that came in: only while nobody has worked on it, so that nothing of anybody's is lost."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, inspect, literal, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.core.database import Base
from tracker.core.problems import Conflict
from tracker.core.text import joined, shortened
from tracker.core.unchanging import giving_way
from tracker.people.models import Person, RoleGrant
from tracker.plans.models import Area, Plan, PlanImport, UnfinishedImport
from tracker.plans.rules.keeping import IMPORTS_UNDONE

_LONGEST_NAME = 200
_TOO_LATE = "This plan came in more than 30 days ago, so it can no longer be taken back"
_GONE = "This plan was taken back already"
# Settling a doubt only says that somebody looked.
_NO_WORK = frozenset({"import_doubt"})
_WORDS = {
    "plan": "the plan itself was approved or changed",
    "plan_version": "the plan itself was approved or changed",
    "plan_step": "the plan itself was approved or changed",
    "reimport": "something of a later version was taken in",
    "reimport_change": "something of a later version was taken in",
    "pending_reimport": "a later version of it waits for somebody's word",
    "former_number": "numbers were changed",
    "former_wording": "words were changed",
    "override": "overrides were asked for",
    "area": "areas were changed",
    "area_item": "inspection items were joined to its areas",
    "action": "actions were changed",
    "action_lead": "leads were changed",
    "action_link": "references were decided",
    "milestone": "milestones were changed",
    "milestone_lead": "leads were changed",
    "milestone_step": "milestones were worked on",
    "progress_update": "updates were written",
    "update_draft": "somebody is writing an update",
    "date_change": "dates were moved",
    "evidence": "evidence was added",
    "sign_off": "actions were signed off",
    "role_grant": "somebody was given a role for it",
    "theme_action": "themes were linked to it",
    "replaced_by": "it replaces another plan",
}
_OTHER_WORK = "other work hangs on it"


def record_import(
    session: Session, plan: Plan, *, file_name: str, counts: Mapping[str, int], unread: int, by: int
) -> PlanImport:
    """Record that a plan came in, as the last thing that its import does: what is younger was done to it since."""
    session.flush()
    made = PlanImport(
        plan_number=plan.id,
        slug=plan.slug,
        title=plan.title,
        file_name=shortened(file_name, _LONGEST_NAME),
        sha256=plan.source_sha256 or "",
        areas=counts["areas"],
        actions=counts["actions"],
        milestones=counts["milestones"],
        doubts=counts["warnings"],
        unread=unread,
        imported_at=clock.now(),
        created_by=by,
        changed_by=by,
    )
    session.add(made)
    session.flush()
    return made


def why_not_undone(session: Session, made: PlanImport) -> str:
    """Return in a sentence why a plan cannot be taken back, empty when nothing would be lost by it."""
    if made.undone_at is not None:
        return _GONE
    if made.imported_at < clock.now() - IMPORTS_UNDONE:
        return _TOO_LATE
    words = list(dict.fromkeys(_WORDS.get(name, _OTHER_WORK) for name in _worked_on(session, made)))
    return f"This plan was worked on since it came in: {joined(words)}" if words else ""


def undo_import(session: Session, made: PlanImport, *, by: Person) -> None:
    """Take a plan back with all that came in with it; leads stay, and what its reader answered stands open again.

    Raises `Conflict` with a sentence when it is too late or somebody has worked on the plan.
    """
    reason = why_not_undone(session, made)
    if reason:
        raise Conflict(None, reason)
    rows = _rows_of(made.plan_number)
    classes: dict[Any, Any] = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    # The version that was kept of it as it came in goes with it; nobody has approved anything of it here.
    with giving_way(session.connection(), {table.name for table in rows}):
        for table in reversed(rows):
            kind = classes[table]
            for record in session.scalars(select(kind).where(kind.id.in_(rows[table]))):
                session.delete(record)
            session.flush()
    made.undone_at, made.undone_by, made.changed_by = clock.now(), by.id, by.id
    record_event(session, "import_undone", subject=made, detail={"plan": made.plan_number})
    begun = session.scalars(select(UnfinishedImport).where(UnfinishedImport.plan_slug == made.slug))
    for kept in begun:
        kept.plan_slug = ""
    session.flush()


def _worked_on(session: Session, made: PlanImport) -> list[str]:
    """Return the tables in which something of the plan is younger than its import, in one query."""
    asked: list[Select[Any]] = []
    for table, ids in _rows_of(made.plan_number).items():
        if table.name not in _NO_WORK:
            young = (
                select(func.count()).select_from(table).where(table.c.id.in_(ids), _younger(table, made.imported_at))
            )
            asked.append(select(literal(table.name).label("name"), young.scalar_subquery().label("number")))
    asked += [_roles_for(made.plan_number), _replaced_by(made.plan_number)]
    return [row.name for row in session.execute(union_all(*asked)) if row.number]


def _roles_for(plan_id: int) -> Select[Any]:
    """Ask for roles given for the plan or an area of it, which name it by its number alone."""
    areas = select(Area.id).where(Area.plan_id == plan_id)
    given = select(func.count(RoleGrant.id)).where(or_(RoleGrant.plan_id == plan_id, RoleGrant.area_id.in_(areas)))
    return select(literal("role_grant").label("name"), given.scalar_subquery().label("number"))


def _replaced_by(plan_id: int) -> Select[Any]:
    """Ask for plans whose work goes on in the plan."""
    before = select(func.count(Plan.id)).where(Plan.replaced_by_id == plan_id)
    return select(literal("replaced_by").label("name"), before.scalar_subquery().label("number"))


def _younger(table: Table, moment: datetime) -> ColumnElement[bool]:
    """Return the condition that a row was made or changed after a moment; where no row tells, all count as younger."""
    times = [table.c[name] > moment for name in ("created_at", "changed_at") if name in table.c]
    return or_(*times) if times else literal(1) == 1


def _rows_of(plan_id: int) -> dict[Table, Select[Any]]:
    """Return every table that hangs on plans, however far down, parents first, each with the ids of one plan's rows."""
    plans = inspect(Plan).local_table
    assert isinstance(plans, Table)
    found: dict[Table, Select[Any]] = {plans: select(plans.c.id).where(plans.c.id == plan_id)}
    for table in Base.metadata.sorted_tables:
        hangs = list(_hangs(table, found))
        if hangs:
            found[table] = select(table.c.id).where(or_(*hangs))
    return found


def _hangs(table: Table, found: Mapping[Table, Select[Any]]) -> Iterator[ColumnElement[bool]]:
    for key in table.foreign_keys:
        if key.column.table in found and key.column.table is not table:
            yield key.parent.in_(found[key.column.table])
