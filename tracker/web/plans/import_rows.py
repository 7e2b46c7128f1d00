"""What the steps of an import show, in final words; what they ask is the forms'."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from flask import url_for

from tracker.core.text import counted
from tracker.plans.models import UnfinishedImport
from tracker.plans.queries.imports import ImportMade
from tracker.plans.rules.importing import Answers, doubts_of
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading import ActionReading, AreaReading, PlanReading
from tracker.web.plans.rows import Square
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class Link:
    """A step, or a way to one."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class PreviewStep:
    """A milestone as it would come in."""

    title: str
    due: str


@dataclass(frozen=True)
class Standing:
    """How an action would be rated on the day it comes in, and the first reason."""

    code: str
    because: str


StandingOf = Callable[[ActionReading], Standing | None]


@dataclass(frozen=True)
class PreviewAction:
    """An action as it would come in."""

    ref: str
    title: str
    url: str
    leads: str
    steps: tuple[PreviewStep, ...]
    declared: str
    note: str
    standing: Standing | None


@dataclass
class PreviewArea:
    """An area as it would come in, with those of its actions that are on this page."""

    label: str
    title: str
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    actions: list[PreviewAction] = field(default_factory=list)

    @property
    def squares(self) -> list[Square]:
        """The actions as squares, as the page of the plan shows them; none of a draft, which is not rated."""
        return [
            Square(action.ref, action.standing.code, action.title, action.url, was=None, way="")
            for action in self.actions
            if action.standing is not None
        ]


@dataclass(frozen=True)
class ImportRow:
    """A plan that came in, in the list of all."""

    title: str
    url: str
    document: str
    size: str
    came: str
    state: str
    undo_url: str


def steps_of(public_id: str, reading: PlanReading, answers: Answers, *, current: str) -> list[Link]:
    """Return the steps in their order, with how much is left to answer."""
    left = sum(doubt.key not in answers.settled for doubt in doubts_of(reading))
    named = (
        ("import_show", "1 What we found"),
        ("import_checks", f"2 Things to check: {left}"),
        ("import_preview", "3 Preview"),
        ("import_leads", "4 Leads"),
        ("import_confirm", "5 Import"),
    )
    return [Link(label, url_for(f"plans.{name}", public_id=public_id), name == current) for name, label in named]


def counts_of(reading: PlanReading) -> str:
    """Return how much was found: "2 areas, 5 actions, 8 milestones, 4 leads"."""
    actions = [action for area in reading.areas for action in area.actions]
    leads = {lead.name for action in actions for lead in action.leads}
    return ", ".join(
        (
            counted(len(reading.areas), "area"),
            counted(len(actions), "action"),
            counted(sum(len(action.milestones) for action in actions), "milestone"),
            counted(len(leads), "lead"),
        )
    )


def preview_areas(
    public_id: str, reading: PlanReading, answers: Answers, rows: slice, standing: StandingOf
) -> tuple[PreviewArea, ...]:
    """Return the areas of a page of so many actions, with these actions, each as it would stand."""
    pairs = [(area, action) for area in reading.areas for action in area.actions][rows]
    found: dict[int, PreviewArea] = {}
    for area, action in pairs:
        shown = found.setdefault(area.number, _area(area))
        shown.actions.append(_action(public_id, action, answers, standing(action)))
    return tuple(found.values())


def _area(area: AreaReading) -> PreviewArea:
    outcomes = tuple(text for one in area.outcomes for text in (one.text, *one.children))
    texts = (("Objectives", area.objectives), ("Outcomes", outcomes), ("Measured by", area.measures))
    return PreviewArea(area.label, area.title, tuple((name, said) for name, said in texts if said))


def _action(public_id: str, action: ActionReading, answers: Answers, standing: Standing | None) -> PreviewAction:
    code = action.declared
    return PreviewAction(
        ref=action.ref,
        title=action.title,
        url=url_for("plans.import_action", public_id=public_id, ref=action.ref),
        leads=", ".join(lead.name for lead in action.leads) or "No lead",
        steps=tuple(PreviewStep(step.title, step.date.shown()) for step in action.milestones),
        declared=_DECLARED.get(code, "") if code else "",
        note="Put right" if action.ref in answers.actions else "",
        standing=standing,
    )


_DECLARED = {
    Rag.RED: "Says red",
    Rag.AMBER: "Says amber",
    Rag.GREEN: "Says green",
    Rag.COMPLETE: "Says complete: comes in as a claim",
}


def unfinished_rows(found: Iterable[UnfinishedImport]) -> list[Link]:
    """Return the ways back to imports that were begun."""
    return [
        Link(
            f"{kept.title}, from {kept.file_name}, {day(kept.kept_at)} at {clock_time(kept.kept_at)}",
            url_for("plans.import_show", public_id=kept.public_id),
        )
        for kept in found
    ]


def made_rows(found: Sequence[ImportMade], undoable: frozenset[int]) -> list[ImportRow]:
    """Return the plans that came in; those in `undoable` are still young enough to be taken back."""
    return [_made(one, is_undoable=one.record.id in undoable) for one in found]


def _made(one: ImportMade, *, is_undoable: bool) -> ImportRow:
    record = one.record
    undone = f"Taken back {day(record.undone_at)} by {one.undone_by}" if record.undone_at else ""
    size = (counted(record.areas, "area"), counted(record.actions, "action"), counted(record.milestones, "milestone"))
    return ImportRow(
        title=record.title,
        url="" if undone else url_for("plans.plan_show", slug=record.slug),
        document=record.file_name,
        size=", ".join(size),
        came=f"{day(record.imported_at)}, by {one.by or 'a command'}",
        state=undone or "In use",
        undo_url=url_for("plans.import_undo", import_id=record.id) if is_undoable else "",
    )
