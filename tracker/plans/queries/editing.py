"""What the pages of editing show: what an area wants, and words that were changed; who may edit is the policy's."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.models import Area, FormerWording, Objective, Outcome, PlanMeasure
from tracker.plans.queries.plan import area_by_number
from tracker.plans.rules.wordings import Wording

_MOST_FORMER = 50
_ADD = {Wording.OBJECTIVE: "Add an objective", Wording.OUTCOME: "Add an outcome", Wording.MEASURE: "Add a measure"}
_TEXTS: dict[Wording, type[Objective | Outcome | PlanMeasure]] = {
    Wording.OBJECTIVE: Objective,
    Wording.OUTCOME: Outcome,
    Wording.MEASURE: PlanMeasure,
}


@dataclass(frozen=True, slots=True)
class WantedList:
    """One of the lists of what an area wants: its kind, and each entry with its id."""

    kind: Wording
    entries: tuple[tuple[int, str], ...]

    @property
    def heading(self) -> str:
        """The list as a heading names it."""
        return f"{self.kind.words.capitalize()}s"

    @property
    def add_words(self) -> str:
        """What the button says that adds to the list."""
        return _ADD[self.kind]


@dataclass(frozen=True, slots=True)
class FormerRow:
    """Words that were changed: of what, both states, when and by whom."""

    what: Wording
    before: str
    after: str
    effective_on: date
    by: str | None


def area_around(session: Session, /, slug: str, number: int, **_inner: object) -> Area | None:
    """Return the area in whose address something stands that is read apart."""
    return area_by_number(session, slug, number)


def wanted_of(session: Session, area_id: int) -> tuple[WantedList, ...]:
    """Return what an area wants, list by list, in three queries."""
    found = []
    for kind, table in _TEXTS.items():
        query = select(table.id, table.text).where(table.area_id == area_id).order_by(table.position, table.id)
        found.append(WantedList(kind, tuple((row.id, row.text) for row in session.execute(query))))
    return tuple(found)


def text_of(session: Session, area_id: int, kind: Wording, text_id: int) -> Objective | Outcome | PlanMeasure | None:
    """Return one entry of what an area wants."""
    table = _TEXTS[kind]
    found = session.scalar(select(table).where(table.id == text_id, table.area_id == area_id))
    return cast("Objective | Outcome | PlanMeasure | None", found)


def wordings_of_area(session: Session, area_id: int) -> list[FormerRow]:
    """Return the last words that were changed of an area and of what it wants, the newest first; not of its actions."""
    query = select(
        FormerWording.what, FormerWording.before, FormerWording.after, FormerWording.effective_on, Person.name
    ).outerjoin(Person, Person.id == FormerWording.created_by)
    query = query.where(FormerWording.area_id == area_id, FormerWording.action_id.is_(None))
    rows = session.execute(query.order_by(FormerWording.id.desc()).limit(_MOST_FORMER))
    return [FormerRow(*row) for row in rows]
