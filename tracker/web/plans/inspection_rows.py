"""Inspections and their items as pages show them, in final words; what is found is the queries'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from flask import url_for

from tracker.core.text import counted
from tracker.plans.models import Inspection, InspectionItem, Plan
from tracker.plans.queries.inspections import AnsweringArea, InspectionSummary
from tracker.plans.rules.answering import DRAFT_DAYS, PLAN_DAYS, answer_days, answer_words
from tracker.plans.rules.coverage import asks_for_something
from tracker.plans.rules.inspecting import InspectionReading, ItemReading
from tracker.plans.rules.states import ItemClass
from tracker.plans.rules.wording import short_day

_PLURALS = {
    ItemClass.PRIORITY_ACTION: "priority actions",
    ItemClass.PRIORITY_AND_IMMEDIATE_ACTION: "priority and immediate actions",
    ItemClass.AREA_FOR_IMPROVEMENT: "areas for improvement",
    ItemClass.STRENGTH: "strengths",
}


@dataclass(frozen=True)
class InspectionRow:
    """An inspection or visit in a list."""

    title: str
    url: str
    kind: str
    published: str
    counts: str
    is_here: bool = False


@dataclass(frozen=True)
class Answer:
    """An area that answers an item."""

    label: str
    url: str


@dataclass(frozen=True)
class ItemRow:
    """An item of an inspection; `place` is where it stood in the report that was read."""

    about: str
    words: str
    points: tuple[str, ...]
    paragraph: str
    answers: tuple[Answer, ...] = ()
    is_open: bool = False
    change_url: str = ""
    place: int = 0
    is_kept: bool = True


@dataclass(frozen=True)
class TakenOut:
    """An item that was recorded by mistake, with where it can be put back."""

    words: str
    why: str
    url: str
    version: int


@dataclass(frozen=True)
class ItemGroup:
    """Items of one class under one heading of the report."""

    title: str
    items: tuple[ItemRow, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Fact:
    """A line of a list of facts."""

    label: str
    value: str
    note: str = ""
    alert: str = ""
    url: str = ""


def inspection_row(summary: InspectionSummary) -> InspectionRow:
    """Return an inspection as a list shows it."""
    counts = [_count(summary.counts[kind], kind) for kind in ItemClass if summary.counts[kind]]
    return _row(summary.inspection, ", ".join(counts) or "No items")


def timeline_rows(timeline: Iterable[Inspection], here: Inspection) -> tuple[InspectionRow, ...]:
    """Return an inspection and the visits after it; `here` is the one that is being looked at."""
    return tuple(_row(one, "", is_here=one.id == here.id) for one in timeline)


def item_groups(
    inspection: Inspection, answers: dict[int, list[AnsweringArea]], *, has_plan: bool
) -> tuple[ItemGroup, ...]:
    """Return the items of an inspection under their headings, with the areas that answer them.

    Without a plan (`has_plan`) nothing could answer them yet, and nothing is said of it.
    """
    return tuple(
        ItemGroup(_heading(kind, heading), tuple(_item(item, answers.get(item.id, []), has_plan) for item in items))
        for (kind, heading), items in groupby(inspection.standing, key=lambda item: (item.item_class, item.heading))
    )


def taken_out(inspection: Inspection) -> tuple[TakenOut, ...]:
    """Return the items that were taken out, with the reasons."""
    return tuple(
        TakenOut(
            words=item.words,
            why=f"Taken out {short_day(item.removed_on)}: {item.removed_why}",
            url=url_for("plans.inspection_item_restore", inspection_id=inspection.id, item_id=item.id),
            version=item.version,
        )
        for item in inspection.items
        if item.removed_on is not None
    )


def read_groups(reading: InspectionReading, kept: set[int] | None) -> tuple[ItemGroup, ...]:
    """Return the items that were read under their headings; all are kept unless somebody has chosen."""
    placed = list(enumerate(reading.items))
    return tuple(
        ItemGroup(_heading(kind, heading), tuple(_read(place, item, kept) for place, item in items))
        for (kind, heading), items in groupby(placed, key=lambda one: (one[1].item_class, one[1].group or ""))
    )


def facts_about(inspection: Inspection, plans: Sequence[Plan], *, today: date) -> tuple[Fact, ...]:
    """Return what is known of an inspection, with the days by which it is to be answered."""
    received = short_day(inspection.received_on) if inspection.received_on else "Not entered"
    facts = [
        Fact("Kind", inspection.kind.words),
        Fact("Authority", inspection.authority or "Not entered"),
        Fact("Published", short_day(inspection.published_on) if inspection.published_on else "Not entered"),
        Fact("Received", received),
        *_due(inspection, plans, today),
        *(Fact("Answered by", plan.title, url=url_for("plans.plan_coverage", slug=plan.slug)) for plan in plans),
    ]
    if inspection.held:
        facts.insert(2, Fact("Days", inspection.held))
    return tuple(facts)


def _due(inspection: Inspection, plans: Sequence[Plan], today: date) -> list[Fact]:
    classes = [item.item_class for item in inspection.standing]
    days = answer_days(inspection.kind, classes, received_on=inspection.received_on)
    if days is None:
        return []
    approved = [plan.approved_on for plan in plans if plan.approved_on is not None]
    drafted = [min(plan.created_at.date(), plan.approved_on or today) for plan in plans]
    return [
        _due_fact("Draft plan due", days.draft_due, DRAFT_DAYS, today, min(drafted, default=None)),
        _due_fact("Plan due", days.plan_due, PLAN_DAYS, today, min(approved, default=None)),
    ]


def _due_fact(label: str, due: date, number: int, today: date, done_on: date | None) -> Fact:
    said = answer_words(due, today=today, done_on=done_on)
    is_late = done_on is None and due < today
    note = f"{number} working days after it came"
    return Fact(label, short_day(due), note if is_late else f"{note}, {said}", alert=said if is_late else "")


def _row(inspection: Inspection, counts: str, *, is_here: bool = False) -> InspectionRow:
    published = short_day(inspection.published_on) if inspection.published_on else "Day not entered"
    url = url_for("plans.inspection_show", inspection_id=inspection.id)
    return InspectionRow(inspection.title, url, inspection.kind.words, published, counts, is_here)


def _count(number: int, kind: ItemClass) -> str:
    return counted(number, kind.words.lower(), _PLURALS[kind])


def _heading(kind: ItemClass, heading: str) -> str:
    title = _PLURALS[kind].capitalize()
    return f"{title}: {heading}" if heading else title


def _item(item: InspectionItem, answers: Sequence[AnsweringArea], has_plan: bool) -> ItemRow:
    said = tuple(
        Answer(f"Area {one.number} {one.title}", url_for("plans.area_show", slug=one.slug, number=one.number))
        for one in answers
    )
    return ItemRow(
        about=item.number,
        words=item.words,
        points=tuple(item.points.splitlines()),
        paragraph=f"See paragraph {item.paragraph}" if item.paragraph and item.paragraph not in item.words else "",
        answers=said,
        is_open=has_plan and not said and asks_for_something(item.item_class),
        change_url=url_for("plans.inspection_item_change", inspection_id=item.inspection_id, item_id=item.id),
    )


def _read(place: int, item: ItemReading, kept: set[int] | None) -> ItemRow:
    number = "" if item.number is None else str(item.number)
    return ItemRow(number, item.text, item.children, item.paragraph, place=place, is_kept=kept is None or place in kept)
