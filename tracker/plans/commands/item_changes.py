"""Putting right what was recorded of an inspection item, taking one out that inspectors never asked for, and back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person
from tracker.plans.models import Area, AreaItem, InspectionItem
from tracker.plans.rules.states import ItemClass

LONGEST_NUMBER = 20
LONGEST_HEADING = 160
LONGEST_PARAGRAPH = 60
LONGEST_WORDS = 4000
LONGEST_WHY = 400
_CHANGED = "This item has changed since you opened the page"


@dataclass(frozen=True)
class ItemFacts:
    """What a report says in one item; `points` are nested under it."""

    item_class: ItemClass
    words: str
    number: str = ""
    heading: str = ""
    paragraph: str = ""
    points: tuple[str, ...] = ()


def take_facts(item: InspectionItem, facts: ItemFacts, *, by: int) -> None:
    """Write what a report says into an item; raises `Invalid` beside the field of what cannot be."""
    if not facts.words.strip():
        raise Invalid("words", "Enter the inspectors' words")
    nested = "\n".join(filter(None, map(one_line, facts.points)))
    keep_to("words", facts.words, what="The inspectors' words", most=LONGEST_WORDS)
    keep_to("points", nested, what="The nested points together", most=2 * LONGEST_WORDS)
    keep_to("number", facts.number, what="The number", most=LONGEST_NUMBER)
    keep_to("heading", facts.heading, what="The heading", most=LONGEST_HEADING)
    keep_to("paragraph", facts.paragraph, what="The paragraph", most=LONGEST_PARAGRAPH)
    item.item_class, item.words, item.points = facts.item_class, facts.words, nested
    item.number, item.heading, item.paragraph = facts.number, facts.heading, facts.paragraph
    item.changed_by = by


def change_item(session: Session, item: InspectionItem, facts: ItemFacts, *, by: Person, version: int) -> None:
    """Put an item right; its class makes the areas that answer it a priority or not (domain A7)."""
    _refuse_stale(item, version)
    take_facts(item, facts, by=by.id)
    session.flush()


def take_out_item(session: Session, item: InspectionItem, *, why: str, by: Person, version: int) -> None:
    """Take out what was recorded by mistake: no plan is asked to answer it any more, and it is kept with the reason.

    Raises `Conflict` while an area answers it.
    """
    _refuse_stale(item, version)
    if not why.strip():
        raise Invalid("why", "Say why it is taken out")
    keep_to("why", why, what="The reason", most=LONGEST_WHY)
    number = session.scalar(
        select(Area.number).join(AreaItem, AreaItem.area_id == Area.id).where(AreaItem.item_id == item.id).limit(1)
    )
    if number is not None:
        raise Conflict(None, f"Area {number} answers this item. Take the area from it first")
    item.removed_on, item.removed_why, item.changed_by = clock.today(), why.strip(), by.id
    session.flush()


def put_item_back(session: Session, item: InspectionItem, *, by: Person, version: int) -> None:
    """Put an item back that was taken out."""
    _refuse_stale(item, version)
    item.removed_on, item.removed_why, item.changed_by = None, "", by.id
    session.flush()


def note_answers(item: InspectionItem, *, by: Person, version: int) -> None:
    """Count a change of the areas that answer an item as one of the item, so that an older page is refused."""
    _refuse_stale(item, version)
    item.changed_by, item.changed_at = by.id, clock.now()
    flag_modified(item, "changed_at")


def _refuse_stale(item: InspectionItem, version: int) -> None:
    if item.version != version:
        raise Conflict(None, _CHANGED)
