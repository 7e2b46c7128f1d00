"""What stands around an action: the ones before and after it, what it waits for, and what points to it."""

from dataclasses import dataclass

from sqlalchemy import Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from tracker.plans.models import Action, ActionLink
from tracker.plans.queries.action import action_at, part_of
from tracker.plans.rules.states import LinkKind, LinkStatus


@dataclass(frozen=True)
class Link:
    """An action pointing to another: `is_out` when it is this one that points; no number when it is not known."""

    id: int
    is_out: bool
    kind: LinkKind
    status: LinkStatus
    text: str
    ref: str | None
    title: str


@dataclass(frozen=True)
class Related:
    """The numbers of the actions before and after in plan order, and all links from and to an action."""

    previous: str | None
    following: str | None
    links: tuple[Link, ...]


ALONE = Related(None, None, ())


def related_to(session: Session, action: Action) -> Related:
    """Return what stands around an action, in one query."""
    rows = session.execute(
        union_all(
            _neighbour("previous", action),
            _neighbour("following", action),
            _links(action, is_out=True),
            _links(action, is_out=False),
        )
    ).all()
    around = {row.source: row.ref for row in rows if row.link_id is None}
    links = [
        Link(
            id=row.link_id,
            is_out=row.source == "out",
            kind=LinkKind(row.kind),
            status=LinkStatus(row.status),
            text=row.words,
            ref=row.ref,
            title=row.title or "",
        )
        for row in rows
        if row.link_id is not None
    ]
    return Related(around.get("previous"), around.get("following"), tuple(sorted(links, key=lambda link: link.id)))


def link_at(session: Session, /, slug: str, ref: str, link_id: int) -> ActionLink | None:
    """Return one link that the action at this address has to another, with the action as its origin."""
    action = action_at(session, slug, ref)
    link = session.scalar(select(ActionLink).where(ActionLink.id == link_id, ActionLink.origin == action))
    return part_of(action, link, "origin") if action is not None else None


def numbers_of(session: Session, plan_id: int) -> list[tuple[int, str, str]]:
    """Return id, number and title of every action of a plan in plan order, to choose one from."""
    query = select(Action.id, Action.ref, Action.title).where(Action.plan_id == plan_id)
    return [(row.id, row.ref, row.title) for row in session.execute(query.order_by(Action.position, Action.id))]


def _neighbour(source: str, action: Action) -> Select[*tuple[object, ...]]:
    is_before = source == "previous"
    edge = func.max(Action.position) if is_before else func.min(Action.position)
    beyond = Action.position < action.position if is_before else Action.position > action.position
    place = select(edge).where(Action.plan_id == action.plan_id, beyond).scalar_subquery()
    return select(
        literal(source).label("source"),
        cast(null(), Action.id.type).label("link_id"),
        cast(null(), String).label("kind"),
        cast(null(), String).label("status"),
        literal("").label("words"),
        Action.ref,
        Action.title,
    ).where(Action.plan_id == action.plan_id, Action.position == place)


def _links(action: Action, *, is_out: bool) -> Select[*tuple[object, ...]]:
    other = aliased(Action)
    here, there = (ActionLink.from_id, ActionLink.to_id) if is_out else (ActionLink.to_id, ActionLink.from_id)
    query = select(
        literal("out" if is_out else "in"),
        ActionLink.id,
        cast(ActionLink.kind, String),
        cast(ActionLink.status, String),
        ActionLink.text,
        other.ref,
        other.title,
    ).outerjoin(other, other.id == there)
    query = query.where(here == action.id, ActionLink.ended_on.is_(None))
    return query if is_out else query.where(ActionLink.status == LinkStatus.CONFIRMED)
