"""What would become of each row of a workbook, in words, kept as JSON until its reader has seen it; it asks nothing."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Comparison(StrEnum):
    """How a row stands against what is stored."""

    READY = "ready"
    # Somebody saved something since the workbook was made: it is saved only when its writer ticks it.
    BEHIND = "behind"
    REFUSED = "refused"


@dataclass(frozen=True)
class Difference:
    """One thing that a row changes, as it was and as it will be."""

    label: str
    was: str
    will: str


@dataclass(frozen=True)
class Compared:
    """A row against what is stored: its place, how it stands and why, what it changes, and what is stored now.

    `after` is the update that counts now, `versions` are those of the milestones by their ids; a row that is behind
    is saved upon these, should its writer wish so.
    """

    action_id: int
    number: str
    title: str
    slug: str
    ref: str
    comparison: Comparison
    reason: str = ""
    differences: tuple[Difference, ...] = ()
    after: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    theirs_code: str = ""
    theirs_words: str = ""


def is_wanted(one: Compared, ticked: Collection[int]) -> bool:
    """Say whether a row is to be saved: it is ready, or it is behind and its writer wants it all the same."""
    return one.comparison is Comparison.READY or (one.comparison is Comparison.BEHIND and one.action_id in ticked)


def compared_as_json(found: Iterable[Compared]) -> str:
    """Return what was found as text that `compared_from` reads."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False)


def compared_from(text: str) -> tuple[Compared, ...]:
    """Return what `compared_as_json` wrote."""
    return tuple(_one(kept) for kept in json.loads(text))


def _one(kept: dict[str, Any]) -> Compared:
    differences = tuple(Difference(**one) for one in kept["differences"])
    return Compared(**{**kept, "comparison": Comparison(kept["comparison"]), "differences": differences})
