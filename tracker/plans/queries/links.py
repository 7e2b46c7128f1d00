"""Links of a whole plan: which of its actions wait for which, and what is proposed; those of one action elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from tracker.plans.models import Action, ActionLink, Plan
from tracker.plans.rules.states import LinkKind, LinkStatus


@dataclass(frozen=True)
class Proposal:
    """A reference that waits for the office: where it stands, its words, and which action it may mean."""

    link: ActionLink
    ref: str
    title: str
    target: str


def standing_waits(session: Session, plan_id: int) -> tuple[dict[int, list[int]], dict[int, str]]:
    """Return which actions of a plan wait for which now, by id, and the numbers of those that are waited for."""
    query = (
        select(ActionLink.from_id, ActionLink.to_id, Action.ref)
        .join(Action, Action.id == ActionLink.to_id)
        .where(
            Action.plan_id == plan_id,
            ActionLink.kind == LinkKind.DEPENDS_ON,
            ActionLink.status == LinkStatus.CONFIRMED,
            ActionLink.ended_on.is_(None),
        )
        .order_by(ActionLink.id)
    )
    waits: dict[int, list[int]] = {}
    refs: dict[int, str] = {}
    for row in session.execute(query):
        waits.setdefault(row.from_id, []).append(row.to_id)
        refs[row.to_id] = row.ref
    return waits, refs


def count_proposals(session: Session, plan: Plan) -> int:
    """Return how many references of a plan nobody has settled."""
    query = select(func.count(ActionLink.id)).join(Action, Action.id == ActionLink.from_id)
    return session.scalars(query.where(*_proposed(plan))).one()


def proposals(
    session: Session, plan: Plan, *, offset: int = 0, limit: int, among: Collection[int] = ()
) -> list[Proposal]:
    """Return a stretch of the references that nobody has settled, in plan order; `among` leaves only those ids."""
    target = aliased(Action)
    query = (
        select(ActionLink, Action.ref, Action.title, target.ref.label("target"))
        .join(Action, Action.id == ActionLink.from_id)
        .outerjoin(target, target.id == ActionLink.to_id)
        .where(*_proposed(plan))
        .order_by(Action.position, Action.id, ActionLink.id)
    )
    if among:
        query = query.where(ActionLink.id.in_(among))
    rows = session.execute(query.offset(offset).limit(limit)).all()
    return [Proposal(row.ActionLink, row.ref, row.title, row.target or "") for row in rows]


def _proposed(plan: Plan) -> tuple[ColumnElement[bool], ...]:
    return (Action.plan_id == plan.id, ActionLink.status == LinkStatus.PROPOSED)
