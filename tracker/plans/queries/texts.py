"""What areas say they want, in the plan's own words: objectives, outcomes and measures, all in one query."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from tracker.plans.models import Area, Objective, Outcome, Plan, PlanMeasure


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """What will be different for children, with the parts it is made of."""

    text: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaTexts:
    """The texts of one area, in the order of the plan."""

    objectives: tuple[str, ...] = ()
    outcomes: tuple[OutcomeText, ...] = ()
    measures: tuple[str, ...] = ()


def texts_of(session: Session, plan: Plan, *, area: Area | None = None) -> dict[int, AreaTexts]:
    """Return the texts of a plan's areas, or of one, by the area's id; an area without any is not there."""
    return {key: _area_texts(rows) for key, rows in text_rows(session, plan, area=area).items()}


def text_rows(session: Session, plan: Plan, *, area: Area | None = None) -> dict[int, list[Any]]:
    """Return the same row by row, in the order of the plan: kind (the name of its table), id, parent_id, text."""
    no_parent = cast(null(), Outcome.id.type).label("parent_id")
    parts = []
    for kind in (Objective, Outcome, PlanMeasure):
        parent = Outcome.parent_id.label("parent_id") if kind is Outcome else no_parent
        query = select(
            literal(kind.__tablename__).label("kind"), kind.area_id, kind.id, parent, kind.position, kind.text
        )
        query = query.join(Area, Area.id == kind.area_id).where(Area.plan_id == plan.id)
        parts.append(query if area is None else query.where(Area.id == area.id))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(union_all(*parts)):
        found[row.area_id].append(row)
    return {key: sorted(rows, key=lambda row: (row.position, row.id)) for key, rows in found.items()}


def _area_texts(rows: list[Any]) -> AreaTexts:
    return AreaTexts(
        objectives=tuple(row.text for row in rows if row.kind == Objective.__tablename__),
        outcomes=tuple(_outcome(row, rows) for row in rows if row.kind == Outcome.__tablename__ and not row.parent_id),
        measures=tuple(row.text for row in rows if row.kind == PlanMeasure.__tablename__),
    )


def _outcome(top: Any, rows: list[Any]) -> OutcomeText:
    return OutcomeText(top.text, tuple(row.text for row in rows if row.parent_id == top.id))
