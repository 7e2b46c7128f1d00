"""Writing into an area what was ticked of the objectives, outcomes and measures of a plan's later version."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.text import one_line
from tracker.people.models import Person
from tracker.plans.commands.editing.texts import KINDS, Wanted
from tracker.plans.commands.editing.wordings import count_as_change, keep_wording
from tracker.plans.models import Area, Outcome
from tracker.plans.rules.reimport import ChangeKind, PlanChange, TextContent


def take_in_text(session: Session, change: PlanChange, *, by: Person) -> None:
    """Write a new or a reworded text; the words before stay in the area's history."""
    text = change.text
    assert text is not None
    if change.kind is ChangeKind.NEW_TEXT:
        area, before = session.get_one(Area, change.key), ""
        add_texts(session, area, [text], by=by)
    else:
        wanted = cast("Wanted", session.get_one(KINDS[text.kind], change.key))
        area, before = session.get_one(Area, wanted.area_id), wanted.text
        wanted.text, wanted.changed_by = text.text, by.id
    keep_wording(session, area, text.kind, before, text.text, by=by)
    count_as_change(area, by)
    session.flush()


def add_texts(session: Session, area: Area, texts: Iterable[TextContent], *, by: Person) -> None:
    """Add texts at the end of the lists of an area, a part of an outcome to that outcome where the area has it."""
    for text in texts:
        table = KINDS[text.kind]
        last = session.scalar(select(func.max(table.position)).where(table.area_id == area.id)) or 0
        added = table(area_id=area.id, position=last + 1, text=text.text, created_by=by.id, changed_by=by.id)
        if isinstance(added, Outcome) and text.within:
            added.parent_id = _outcome(session, area, text.within)
        session.add(added)
        session.flush()


def _outcome(session: Session, area: Area, words: str) -> int | None:
    """Return the id of the outcome with these words that is no part of another."""
    tops = session.scalars(select(Outcome).where(Outcome.area_id == area.id, Outcome.parent_id.is_(None)))
    return next((one.id for one in tops if one_line(one.text) == one_line(words)), None)
