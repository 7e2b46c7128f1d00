"""What two versions of a plan are compared by, whether stored or read from a file, and its keeping as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tracker.people.rules import PartyKind
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.reading import ActionReading, AreaReading, PlanReading
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, Precision
from tracker.plans.rules.wordings import Wording

_MEANING = ("kind", "due", "every_months", "every_weeks", "waits_on")


@dataclass(frozen=True, slots=True)
class MilestoneContent:
    """A milestone; of a stored one with its id, its place, whether it is done and the date asked for, if any."""

    title: str
    date: TargetDate
    leads: tuple[str, ...] = ()
    key: int = 0
    position: int = 0
    is_done: bool = False
    asked: TargetDate | None = None


@dataclass(frozen=True, slots=True)
class ActionContent:
    """An action with its leads as printed, the accountable one first; of a stored one with its id and its state.

    `closed` says in a word why a stored action is closed, nothing when it is open.
    """

    ref: str
    title: str
    area: int
    kind: ActionKind
    leads: tuple[tuple[str, PartyKind], ...] = ()
    milestones: tuple[MilestoneContent, ...] = ()
    target_text: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    lines: tuple[int, ...] = ()
    key: int = 0
    closed: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the leads."""
        return tuple(name for name, _ in self.leads)


@dataclass(frozen=True, slots=True)
class TextContent:
    """An objective, an outcome or a measure of an area; of a stored one with its id.

    `within` is the outcome that an outcome is a part of, in its words.
    """

    kind: Wording
    text: str
    within: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class AreaContent:
    """An area by its number, with what it wants; of a stored one with its id."""

    number: int
    title: str
    label: str = ""
    line: int = 0
    key: int = 0
    texts: tuple[TextContent, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanContent:
    """The areas and actions of one version of a plan, in its order."""

    areas: tuple[AreaContent, ...] = ()
    actions: tuple[ActionContent, ...] = ()

    def as_json(self) -> str:
        """Return it as text that `content_from` reads."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)


def content_of(reading: PlanReading) -> PlanContent:
    """Return what was read from a document as it is compared; what its status column declares is left out."""
    return PlanContent(
        areas=tuple(_area(one) for one in reading.areas),
        actions=tuple(_action(action, area.number) for area in reading.areas for action in area.actions),
    )


def content_from(text: str) -> PlanContent:
    """Return what `PlanContent.as_json` wrote."""
    kept = json.loads(text)
    return PlanContent(
        areas=tuple(_kept_area(one) for one in kept["areas"]),
        actions=tuple(_kept_action(one) for one in kept["actions"]),
    )


def is_same_date(one: TargetDate, other: TargetDate) -> bool:
    """Say whether two dates mean the same, however they are written."""
    return all(getattr(one, name) == getattr(other, name) for name in _MEANING)


def _area(reading: AreaReading) -> AreaContent:
    return AreaContent(reading.number, reading.title, reading.label[:20], reading.line, texts=tuple(_texts(reading)))


def _texts(reading: AreaReading) -> Iterator[TextContent]:
    yield from (TextContent(Wording.OBJECTIVE, text) for text in reading.objectives)
    for outcome in reading.outcomes:
        yield TextContent(Wording.OUTCOME, outcome.text)
        yield from (TextContent(Wording.OUTCOME, text, within=outcome.text) for text in outcome.children)
    yield from (TextContent(Wording.MEASURE, text) for text in reading.measures)


def _action(reading: ActionReading, area: int) -> ActionContent:
    return ActionContent(
        ref=reading.ref,
        title=reading.title,
        area=area,
        kind=reading.kind,
        leads=tuple((lead.name, lead.kind) for lead in reading.leads),
        milestones=tuple(
            MilestoneContent(one.title, one.date, one.leads, position=position)
            for position, one in enumerate(reading.milestones, start=1)
        ),
        target_text=reading.target_text,
        cells=tuple(reading.cells.items()),
        lines=reading.source_lines,
    )


def _kept_area(kept: dict[str, Any]) -> AreaContent:
    # What was kept before these texts were compared has none, and so differs in none.
    texts = tuple(TextContent(**{**one, "kind": Wording(one["kind"])}) for one in kept.get("texts", ()))
    return AreaContent(**{**kept, "texts": texts})


def _kept_action(kept: dict[str, Any]) -> ActionContent:
    return ActionContent(
        **{
            **kept,
            "kind": ActionKind(kept["kind"]),
            "leads": tuple((name, PartyKind(kind)) for name, kind in kept["leads"]),
            "milestones": tuple(_kept_milestone(one) for one in kept["milestones"]),
            "cells": tuple((name, text) for name, text in kept["cells"]),
            "lines": tuple(kept["lines"]),
        }
    )


def _kept_milestone(kept: dict[str, Any]) -> MilestoneContent:
    asked = kept["asked"]
    facts = {"date": _kept_date(kept["date"]), "leads": tuple(kept["leads"]), "asked": asked and _kept_date(asked)}
    return MilestoneContent(**{**kept, **facts})


def _kept_date(kept: dict[str, Any]) -> TargetDate:
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("start", "due")}
    kinds = {"kind": MilestoneKind(kept["kind"]), "precision": Precision(kept["precision"])}
    return TargetDate(**{**kept, **days, **kinds})
