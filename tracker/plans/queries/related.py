"""What stands around an action: the ones before and after it, what it waits for, and what points to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from tracker.plans.models import Action, ActionLink, FormerNumber, Mention
from tracker.plans.queries.action import action_at, part_of
from tracker.plans.rules.mentions import Meant
from tracker.plans.rules.states import GIVEN_UP, LinkKind, LinkStatus


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
class Earlier:
    """A number that was given anew: one that the action had until a day, or its own, which another action had."""

    number: str
    until_on: date
    ref: str
    title: str
    is_own: bool


@dataclass(frozen=True)
class Related:
    """The numbers before and after in plan order, all links of an action, its mentions, and its earlier numbers."""

    previous: str | None
    following: str | None
    links: tuple[Link, ...]
    # Which actions the numbers in the words of each record of its history mean, by source and id.
    mentions: Mapping[tuple[str, int], Mapping[str, Meant]]
    earlier: tuple[Earlier, ...] = ()


ALONE = Related(None, None, (), {})


def related_to(session: Session, action: Action) -> Related:
    """Return what stands around an action, in one query."""
    rows = session.execute(
        union_all(
            _neighbour("previous", action),
            _neighbour("following", action),
            _links(action, is_out=True),
            _links(action, is_out=False),
            _mentions(action),
            _earlier("was", action),
            _earlier("theirs", action),
        )
    ).all()
    around = {row.source: row.ref for row in rows}
    return Related(
        around.get("previous"), around.get("following"), _links_of(rows), _mentions_of(rows), _earlier_of(rows)
    )


def _links_of(rows: Iterable[Any]) -> tuple[Link, ...]:
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
        if row.source in {"out", "in"}
    ]
    return tuple(sorted(links, key=lambda link: link.id))


def _mentions_of(rows: Iterable[Any]) -> dict[tuple[str, int], dict[str, Meant]]:
    mentions: dict[tuple[str, int], dict[str, Meant]] = {}
    for row in rows:
        if row.source == "mention":
            mentions.setdefault((row.kind, row.link_id), {})[row.words] = Meant(row.ref, row.title)
    return mentions


def _earlier_of(rows: Iterable[Any]) -> tuple[Earlier, ...]:
    earlier = [
        Earlier(row.words, date.fromisoformat(row.kind), row.ref, row.title, is_own=row.source == "was")
        for row in rows
        if row.source in {"was", "theirs"}
    ]
    return tuple(sorted(earlier, key=lambda one: (one.until_on, one.number, one.ref), reverse=True))


def link_at(session: Session, /, slug: str, ref: str, link_id: int) -> ActionLink | None:
    """Return one link that the action at this address has to another, with the action as its origin."""
    action = action_at(session, slug, ref)
    link = session.scalar(select(ActionLink).where(ActionLink.id == link_id, ActionLink.origin == action))
    return part_of(action, link, "origin") if action is not None else None


def numbers_of(session: Session, plan_id: int, *, in_force: bool = False) -> list[tuple[int, str, str]]:
    """Return id, number and title of every action of a plan in plan order, to choose one from.

    With `in_force` without those that are withdrawn or superseded.
    """
    query = select(Action.id, Action.ref, Action.title).where(Action.plan_id == plan_id)
    if in_force:
        query = query.where(Action.state.not_in(GIVEN_UP))
    return [(row.id, row.ref, row.title) for row in session.execute(query.order_by(Action.position, Action.id))]


def _neighbour(source: str, action: Action) -> Select[*tuple[object, ...]]:
    is_before = source == "previous"
    place, number = Action.position, Action.id
    if is_before:
        beyond = or_(place < action.position, and_(place == action.position, number < action.id))
        nearest = (place.desc(), number.desc())
    else:
        beyond = or_(place > action.position, and_(place == action.position, number > action.id))
        nearest = (place.asc(), number.asc())
    found = select(number).where(Action.plan_id == action.plan_id, beyond).order_by(*nearest).limit(1)
    return select(
        literal(source).label("source"),
        cast(null(), Action.id.type).label("link_id"),
        cast(null(), String).label("kind"),
        cast(null(), String).label("status"),
        literal("").label("words"),
        Action.ref,
        Action.title,
    ).where(Action.id == found.scalar_subquery())


def _mentions(action: Action) -> Select[*tuple[object, ...]]:
    other = aliased(Action)
    return (
        select(
            literal("mention"),
            Mention.record,
            cast(Mention.source, String),
            cast(null(), String),
            Mention.number,
            other.ref,
            other.title,
        )
        .join(other, other.id == Mention.meant_id)
        .where(Mention.action_id == action.id)
    )


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


def _earlier(source: str, action: Action) -> Select[*tuple[object, ...]]:
    """Return the numbers that the action had, or what else had its number, each with the action as it is now."""
    query = select(
        literal(source),
        cast(null(), Action.id.type),
        cast(FormerNumber.until_on, String),
        cast(null(), String),
        FormerNumber.number,
        Action.ref,
        Action.title,
    ).join(Action, Action.id == FormerNumber.action_id)
    if source == "was":
        return query.where(FormerNumber.action_id == action.id, FormerNumber.number != action.ref)
    return query.where(
        FormerNumber.plan_id == action.plan_id,
        FormerNumber.number == action.ref,
        FormerNumber.action_id != action.id,
    )
