"""What was read from an inspection report: its facts, its items, each doubt with its line; how it is read is beside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.plans.rules.states import InspectionKind, ItemClass


class Doubt(StrEnum):
    """Why somebody should look at a line of an inspection report (those of a plan's import where they fit, A15)."""

    UNREAD = "unread"
    UNDATED = "undated"
    SPLIT_ROW = "split_row"
    SPLIT_GUESS = "split_guess"
    NO_AUTHORITY = "no_authority"
    NO_ITEMS = "no_items"
    KIND_GUESS = "kind_guess"
    CLASS_GUESS = "class_guess"
    NUMBER_GAP = "number_gap"
    NESTING_GUESS = "nesting_guess"
    OTHER_BODY = "other_body"


@dataclass(frozen=True)
class InspectionWarning:
    """A doubt about a line, and all `lines` that it speaks of; the message is for a person."""

    code: Doubt
    line: int
    message: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class ItemReading:
    """One thing that inspectors ask for or praise, in their words; `lines` are those that it was printed on."""

    number: int | None
    item_class: ItemClass
    group: str | None
    text: str
    children: tuple[str, ...]
    paragraph: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class ReportFacts:
    """What a report says of itself; `held` are the days of the inspection as printed."""

    kind: InspectionKind
    is_kind_said: bool
    authority: str
    published_on: date | None
    held: str


@dataclass(frozen=True)
class InspectionReading:
    """A whole report as it was understood: every line with words is in an item, a heading or a warning."""

    facts: ReportFacts
    items: tuple[ItemReading, ...]
    headings: Mapping[int, str] = field(default_factory=dict)
    warnings: tuple[InspectionWarning, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the reading as `tracker import-inspection --json` says it."""
        published_on = self.facts.published_on
        return {
            "inspection": {
                "kind": self.facts.kind.value,
                "authority": self.facts.authority or None,
                "published_on": published_on.isoformat() if published_on else None,
            },
            "items": [
                {
                    "n": item.number,
                    "class": item.item_class.value,
                    "group": item.group,
                    "text": item.text,
                    "children": list(item.children),
                }
                for item in self.items
            ],
            "warnings": [
                {"code": doubt.code.value, "line": doubt.line, "message": doubt.message} for doubt in self.warnings
            ],
        }
