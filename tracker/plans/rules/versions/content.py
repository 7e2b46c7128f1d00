"""What a version of a plan holds, as values with one canonical form; how two differ is told beside."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TextContent:
    """An objective, an outcome or a measure; an inner outcome names the one that holds it."""

    id: int
    text: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class MilestoneContent:
    """A milestone with its date as pages say it."""

    id: int
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class ActionContent:
    """An action with its leads in order, the accountable one first."""

    id: int
    number: str
    title: str
    leads: tuple[str, ...] = ()
    milestones: tuple[MilestoneContent, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaContent:
    """An area with what it wants and its actions, each list in plan order."""

    id: int
    number: int
    title: str
    objectives: tuple[TextContent, ...] = ()
    outcomes: tuple[TextContent, ...] = ()
    measures: tuple[TextContent, ...] = ()
    actions: tuple[ActionContent, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanContent:
    """A whole plan; what was withdrawn is no longer part of it."""

    title: str
    areas: tuple[AreaContent, ...] = ()


def canonical(content: PlanContent) -> str:
    """Return the one form in which this content is written: JSON with sorted keys and no white space between."""
    return json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(written: str) -> str:
    """Return the SHA-256 of written content in hexadecimal: the same words, the same hash."""
    return hashlib.sha256(written.encode()).hexdigest()


def content_of(written: str) -> PlanContent:
    """Read back what `canonical` wrote."""
    stored = json.loads(written)
    return PlanContent(stored["title"], tuple(_area(area) for area in stored["areas"]))


def _area(stored: dict[str, Any]) -> AreaContent:
    texts = {
        name: tuple(TextContent(**text) for text in stored[name]) for name in ("objectives", "outcomes", "measures")
    }
    actions = tuple(_action(action) for action in stored["actions"])
    return AreaContent(stored["id"], stored["number"], stored["title"], **texts, actions=actions)


def _action(stored: dict[str, Any]) -> ActionContent:
    milestones = tuple(MilestoneContent(**milestone) for milestone in stored["milestones"])
    return ActionContent(stored["id"], stored["number"], stored["title"], tuple(stored["leads"]), milestones)
