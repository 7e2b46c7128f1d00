"""Inspections and visits on one timeline, one of them with its items and the areas that answer; nothing is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.rules.states import InspectionKind, ItemClass


@dataclass(frozen=True, slots=True)
class InspectionSummary:
    """An inspection in the list, with the number of its items of each class."""

    inspection: Inspection
    counts: Counter[ItemClass]


@dataclass(frozen=True, slots=True)
class AnsweringArea:
    """An area that answers an item, by the plan that it is in."""

    slug: str
    plan: str
    number: int
    title: str


def inspection_at(session: Session, inspection_id: int) -> Inspection | None:
    """Return an inspection with its items, or None; a number that no table holds finds nothing."""
    if inspection_id >= 2**31:
        return None
    return session.scalar(
        select(Inspection).options(selectinload(Inspection.items)).where(Inspection.id == inspection_id)
    )


def item_at(session: Session, inspection_id: int, item_id: int) -> InspectionItem | None:
    """Return an item of an inspection, with that inspection, or None."""
    if max(inspection_id, item_id) >= 2**31:
        return None
    return session.scalar(
        select(InspectionItem)
        .options(joinedload(InspectionItem.inspection))
        .where(InspectionItem.id == item_id, InspectionItem.inspection_id == inspection_id)
    )


def is_answered(session: Session, item: InspectionItem) -> bool:
    """Say whether an area of any plan answers an item."""
    return session.scalar(select(AreaItem.id).where(AreaItem.item_id == item.id).limit(1)) is not None


def inspections_seen_by(session: Session, person: Person) -> list[InspectionSummary]:
    """Return the inspections and visits that a person may read, the newest first: two queries."""
    found = session.scalars(
        select(Inspection)
        .where(visible(person, Permission.PLAN_READ, Inspection))
        .order_by(func.coalesce(Inspection.published_on, Inspection.received_on).desc(), Inspection.id.desc())
    ).all()
    counts: dict[int, Counter[ItemClass]] = {}
    query = select(InspectionItem.inspection_id, InspectionItem.item_class, func.count().label("number")).where(
        InspectionItem.removed_on.is_(None)
    )
    for row in session.execute(query.group_by(InspectionItem.inspection_id, InspectionItem.item_class)):
        counts.setdefault(row.inspection_id, Counter())[row.item_class] = row.number
    ordered = sorted(found, key=lambda one: (one.published_on or one.received_on) is None)
    return [InspectionSummary(one, counts.get(one.id, Counter())) for one in ordered]


def timeline_of(session: Session, inspection: Inspection) -> Sequence[Inspection]:
    """Return an inspection with all visits that follow it, or of which it is one, the earliest first."""
    first = inspection.follows_id or inspection.id
    found = session.scalars(select(Inspection).where(or_(Inspection.id == first, Inspection.follows_id == first))).all()
    return sorted(found, key=_place)


def inspections_to_follow(session: Session) -> Sequence[Inspection]:
    """Return the inspections that a visit can follow, the newest first."""
    query = select(Inspection).where(Inspection.kind == InspectionKind.INSPECTION)
    return session.scalars(query.order_by(Inspection.published_on.desc(), Inspection.id.desc())).all()


def plans_to_answer(session: Session) -> Sequence[Plan]:
    """Return the plans that answer no inspection yet, the newest first."""
    query = select(Plan).where(Plan.inspection_id.is_(None))
    return session.scalars(query.order_by(Plan.approved_on.desc(), Plan.id.desc())).all()


def plans_answering(session: Session, inspection: Inspection, person: Person) -> Sequence[Plan]:
    """Return the plans which a person may read that answer an inspection, or the one that a visit follows."""
    first = inspection.follows_id or inspection.id
    seen = visible(person, Permission.PLAN_READ, Plan)
    return session.scalars(select(Plan).where(Plan.inspection_id == first, seen).order_by(Plan.id.desc())).all()


def areas_by_item(session: Session, inspection: Inspection, person: Person) -> dict[int, list[AnsweringArea]]:
    """Return the areas which a person may read that answer each item of an inspection."""
    query = (
        select(AreaItem.item_id, Plan.slug, Plan.title.label("plan"), Area.number, Area.title)
        .join(Area, Area.id == AreaItem.area_id)
        .join(Plan, Plan.id == Area.plan_id)
        .join(InspectionItem, InspectionItem.id == AreaItem.item_id)
        .where(InspectionItem.inspection_id == inspection.id, visible(person, Permission.PLAN_READ, Plan))
        .order_by(Plan.id.desc(), Area.number)
    )
    found: dict[int, list[AnsweringArea]] = {}
    for row in session.execute(query):
        found.setdefault(row.item_id, []).append(AnsweringArea(row.slug, row.plan, row.number, row.title))
    return found


def _place(inspection: Inspection) -> tuple[bool, str, int]:
    day = inspection.published_on or inspection.received_on
    return day is None, day.isoformat() if day else "", inspection.id
