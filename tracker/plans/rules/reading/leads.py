"""Who leads an action, out of one cell: names with separators, in lines, or run together; kinds are told elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tracker.people.rules import PartyKind
from tracker.plans.rules.reading.cells import cell_items, cell_text, trimmed
from tracker.plans.rules.reading.lead_kinds import lead_kind
from tracker.plans.rules.reading.results import LeadReading
from tracker.plans.rules.reading.table import is_to_be_confirmed

_SURE = re.compile(r"\s*;\s*|\s+/\s+")
_UNSURE = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+and\s+|\s*&\s*|\s*/\s*|\s+with\s+")
_ACRONYM_END = re.compile(r"(?:^|\s)[A-Z]{2,}$")
_POST_END = re.compile(
    r"(?:manager|director|officer|chair|lead|co-?ordinator|commissioner|executive|adviser|advisor)$", re.IGNORECASE
)
_SMALL_EDGE = re.compile(r"(?:of|for|and|the|to|in|with|&)\b.*|.*\b(?:of|for|and|the|to|in|with|&)", re.IGNORECASE)
_MOST_WORDS, _MOST_LEADS = 14, 4


@dataclass(frozen=True)
class Leads:
    """The leads of an action; `by_step` when there is one for each milestone in order, `is_guess` when run together."""

    people: tuple[LeadReading, ...]
    by_step: bool
    is_guess: bool


def read_leads(cell: str, *, steps: int, known: frozenset[str]) -> Leads:
    """Return the leads that a cell names for an action with so many milestones.

    A cell of TBC names none. Names without any separator are told apart only when that makes one for each milestone;
    `known` are the names that stand alone elsewhere in the document.
    """
    if is_to_be_confirmed(cell):
        return Leads((), by_step=False, is_guess=False)
    lines = _lines(cell)
    names = [name for line in lines for name in split_names(line)]
    guessed = _run_together(names[0], steps, known) if len(names) == 1 and steps > 1 else None
    found = guessed or names
    people = tuple(LeadReading(name, lead_kind(name)) for name in found if not is_to_be_confirmed(name))
    distinct = tuple(dict.fromkeys(people))
    by_step = len(found) == len(people) == steps > 1 and (guessed is not None or len(lines) == steps)
    return Leads(people if by_step else distinct, by_step=by_step, is_guess=guessed is not None)


def names_alone(cells: Iterable[str]) -> frozenset[str]:
    """Return the names of persons that fill a cell, or stand between separators in one."""
    found = {name for cell in set(cells) for line in _lines(cell) for name in split_names(line)}
    return frozenset(name for name in found if lead_kind(name) is PartyKind.PERSON)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names that separators set apart in a text.

    A semicolon or a stroke between spaces always does; a comma, "and", "&" and the like only when a whole lead stands
    on each side, so that "Children and Families Team" stays one.
    """
    return tuple(name for part in _SURE.split(text) for name in _unsure(part.strip()) if name)


def _lines(cell: str) -> tuple[str, ...]:
    lines: list[str] = []
    for item in cell_items(cell):
        text = trimmed(item.text)
        goes_on = (
            bool(lines) and not item.firm and (text[:1].islower() or lines[-1].endswith((" and", " &", "/", " of")))
        )
        if goes_on:
            lines[-1] = f"{lines[-1]} {text}"
        elif text:
            lines.append(text)
    return tuple(lines) or (cell_text(cell),)


def _unsure(part: str) -> tuple[str, ...]:
    pieces = tuple(piece for piece in _UNSURE.split(part) if piece)
    if len(pieces) > 1 and all(_stands_alone(piece) for piece in pieces):
        return pieces
    return (part,)


def _stands_alone(name: str) -> bool:
    kind = lead_kind(name)
    if kind is PartyKind.TEAM:
        return len(name.split()) > 1 and not name.lower().endswith("service")
    return kind is not PartyKind.UNKNOWN or is_to_be_confirmed(name)


def _run_together(name: str, count: int, known: frozenset[str]) -> list[str] | None:
    """Return a text divided into so many leads at the likeliest places, or None if no division is likely."""
    words = name.split()
    if not count <= len(words) <= _MOST_WORDS or count > _MOST_LEADS:
        return None
    best: tuple[int, list[str]] = (0, [])
    for places in combinations(range(1, len(words)), count - 1):
        starts, ends = (0, *places), (*places, len(words))
        parts = [" ".join(words[start:end]) for start, end in zip(starts, ends, strict=True)]
        likely = _likelihood(parts, known)
        if likely > best[0]:
            best = likely, parts
    return best[1] or None


def _likelihood(parts: list[str], known: frozenset[str]) -> int:
    kinds = [lead_kind(part) for part in parts]
    if PartyKind.UNKNOWN in kinds or any(_SMALL_EDGE.fullmatch(part) for part in parts):
        return 0
    score = sum(5 for part in parts if part in known)
    score += sum(2 for part in parts[:-1] if _POST_END.search(part))
    score += sum(1 for part in parts[:-1] if _ACRONYM_END.search(part))
    if all(kind is PartyKind.PERSON for kind in kinds) and len({len(part.split()) for part in parts}) == 1:
        score += 1
    return score
