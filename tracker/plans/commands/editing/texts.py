"""What an area wants, in words: adding, changing and taking out objectives, outcomes and measures."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.editing.wordings import (
    checked_words,
    count_as_change,
    keep_wording,
    plan_to_edit,
    refuse_older,
)
from tracker.plans.models import Area, Objective, Outcome, PlanMeasure
from tracker.plans.rules.wordings import Wording

Wanted = Objective | Outcome | PlanMeasure
KINDS: dict[Wording, type[Wanted]] = {
    Wording.OBJECTIVE: Objective,
    Wording.OUTCOME: Outcome,
    Wording.MEASURE: PlanMeasure,
}


def add_text(session: Session, area: Area, *, kind: Wording, text: str, by: Person, version: int) -> Wanted:
    """Add an objective, an outcome or a measure at the end of an area's list."""
    text = _checked(session, area, kind, text, by=by, version=version)
    table = KINDS[kind]
    same = select(table.id).where(table.area_id == area.id, table.text == text)
    if session.scalar(same) is not None:
        raise Invalid("text", f"The area has this {kind.words} already")
    last = session.scalars(select(func.max(table.position)).where(table.area_id == area.id)).one() or 0
    added = table(area_id=area.id, position=last + 1, text=text, created_by=by.id, changed_by=by.id)
    session.add(added)
    _keep(session, area, kind, "", text, by=by)
    return added


def change_text(session: Session, area: Area, wanted: Wanted, *, text: str, by: Person, version: int) -> None:
    """Change the words of an objective, an outcome or a measure; the old words stay in the area's history."""
    kind = kind_of(wanted)
    text = _checked(session, area, kind, text, by=by, version=version)
    _keep(session, area, kind, wanted.text, text, by=by)
    wanted.text, wanted.changed_by = text, by.id
    session.flush()


def remove_text(session: Session, area: Area, wanted: Wanted, *, by: Person, version: int) -> None:
    """Take an objective, an outcome or a measure out; its words stay in the area's history and in versions."""
    plan_to_edit(session, area.plan_id, by)
    refuse_older(area, version, f"area {area.number}")
    if session.scalar(select(Outcome.id).where(Outcome.parent_id == wanted.id)) and isinstance(wanted, Outcome):
        raise Conflict(None, "Other outcomes stand within this one. Take those out first")
    _keep(session, area, kind_of(wanted), wanted.text, "", by=by)
    session.delete(wanted)
    session.flush()


def kind_of(wanted: Wanted) -> Wording:
    """Return which of the three a text is."""
    return next(kind for kind, table in KINDS.items() if isinstance(wanted, table))


def _checked(session: Session, area: Area, kind: Wording, text: str, *, by: Person, version: int) -> str:
    plan_to_edit(session, area.plan_id, by)
    refuse_older(area, version, f"area {area.number}")
    return checked_words(text, field="text", what=f"the {kind.words}")


def _keep(session: Session, area: Area, kind: Wording, before: str, after: str, *, by: Person) -> None:
    keep_wording(session, area, kind, before, after, by=by)
    count_as_change(area, by)
    session.flush()
