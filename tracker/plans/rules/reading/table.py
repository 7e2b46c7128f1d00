"""The columns of an action table and which cell of a row belongs to which, also where tabs are doubled or missing."""

import re
from dataclasses import dataclass
from itertools import combinations
from math import comb

from tracker.plans.rules.dates import read_cell_date, split_dates
from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.vocabulary import MilestoneKind

ACTION, MILESTONES, TARGET, LEADS, NUMBER = "action", "milestones", "target", "leads", "number"
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NUMBER, re.compile(r"(?:no\.?|nos\.?|number|ref\.?|reference|#|item)|action (?:no\.?|number|ref\.?)")),
    (MILESTONES, re.compile(r".*\bmilestones?\b.*|how|steps?|key steps?|sub-?tasks?")),
    (
        TARGET,
        re.compile(r"(?:target |due |completion |end |delivery )?(?:dates?|timescales?|deadlines?)|when|by when\??"),
    ),
    (LEADS, re.compile(r".*\b(?:leads?|owners?|responsib\w+|accountable)\b.*|(?:by )?who(?:m)?\??")),
    (
        ACTION,
        re.compile(r"(?:key |improvement |planned )?actions?(?: required| to be taken)?|what|task|what we will do"),
    ),
)
_LONGEST_HEADING = 40
_MOST_TRIALS = 400
_LONGEST_DATES = 200
_REF = re.compile(r"\(?(?P<ref>[A-Za-z]{0,3}[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}[a-z]?)[.):]?")
_REF_THEN_TEXT = re.compile(r"(?P<ref>[0-9]{1,3}\.[0-9]{1,3}[a-z]?)[.):]?\s+(?P<rest>\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Columns:
    """The headings of a table without its number column, as known words or as printed; `numbered` if it has one."""

    names: tuple[str, ...]
    numbered: bool
    width: int


USUAL = Columns((ACTION, MILESTONES, TARGET, LEADS), numbered=True, width=5)


def columns_of(cells: list[str]) -> Columns | None:
    """Return the columns that a heading row names, or None when it is no heading row.

    It needs the action or its milestones, and the date or the lead. A heading over two cells, printed with an empty
    one after it ("ACTION", ""), holds the number first.
    """
    named = [_heading(cell) for cell in cells]
    if not {ACTION, MILESTONES} & set(named) or not {TARGET, LEADS} & set(named):
        return None
    names: list[str] = []
    for name in named:
        if name and name != NUMBER:
            names.append(name if name not in names else f"{name} {len(names)}")
    spread = ACTION in named[:-1] and named[named.index(ACTION) + 1] == ""
    return Columns(tuple(names), NUMBER in named or spread, len(cells))


def split_ref(cells: list[str], *, numbered: bool) -> tuple[str, list[str]] | None:
    """Return a row's number and its other cells, or None when neither of its first two cells begins with one."""
    first = next((place for place, cell in enumerate(cells) if cell.strip()), None)
    if first is None or first > 1:
        return None
    cell = cells[first].strip().replace("**", "")
    whole = _REF.fullmatch(cell)
    if whole and any(character.isdigit() for character in cell) and (numbered or "." in cell):
        return whole["ref"], cells[first + 1 :]
    mixed = _REF_THEN_TEXT.fullmatch(cell)
    if mixed:
        return mixed["ref"], [mixed["rest"], *cells[first + 1 :]]
    return None


def align(cells: list[str], names: tuple[str, ...]) -> dict[str, str]:
    """Return a row's cells by column name.

    A row of the right length stands as it is unless a date is in the wrong column; otherwise the filled cells keep
    their order and take the columns where dates, leads and texts fit best. Cells that are too many stay with the
    action.
    """
    width = len(names)
    trimmed = cells[: _length(cells)]
    if len(trimmed) <= width:
        plain = dict(zip(names, trimmed + [""] * (width - len(trimmed)), strict=True))
        if _is_sound(plain):
            return plain
    filled = [(place, cell) for place, cell in enumerate(cells) if cell.strip()]
    while len(filled) > width:
        (place, cell), (_, after) = filled[0], filled[1]
        filled[:2] = [(place, f"{cell} {after}")]
    return _best(filled, names)


def _length(cells: list[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _heading(cell: str) -> str:
    words = " ".join(cell_text(cell).lower().replace("*", "").split()).rstrip(":")
    if len(words) > _LONGEST_HEADING:
        return ""
    return next((name for name, pattern in _WORDS if pattern.fullmatch(words)), words)


def _is_sound(row: dict[str, str]) -> bool:
    text = row.get(ACTION, row.get(MILESTONES, ""))
    others = (row.get(name, "") for name in (ACTION, MILESTONES, LEADS))
    return bool(text.strip()) and all(_date_kind(cell) is not MilestoneKind.DATED for cell in others)


def _best(filled: list[tuple[int, str]], names: tuple[str, ...]) -> dict[str, str]:
    """Return the placing of filled cells, in their order, with the fewest cells that look out of place."""
    width = len(names)
    if comb(width, len(filled)) > _MOST_TRIALS:
        places: tuple[int, ...] = tuple(range(len(filled)))
    else:
        places = max(combinations(range(width), len(filled)), key=lambda trial: _fit(trial, filled, names))
    row = dict.fromkeys(names, "")
    row.update({names[place]: cell for place, (_, cell) in zip(places, filled, strict=True)})
    return row


def _fit(trial: tuple[int, ...], filled: list[tuple[int, str]], names: tuple[str, ...]) -> int:
    score = 0
    for place, (was, cell) in zip(trial, filled, strict=True):
        score += _suits(names[place], cell) + (place == was)
    return score + (20 if trial[:1] == (0,) else 0)


def _suits(name: str, cell: str) -> int:
    kind = _date_kind(cell)
    if name != TARGET:
        return -8 if kind is MilestoneKind.DATED else 0
    if kind is not MilestoneKind.UNDATED:
        return 8
    return 4 if is_to_be_confirmed(cell) else -2


def _date_kind(cell: str) -> MilestoneKind:
    """Return what the first date of a cell is; a long text is no date."""
    text = cell_text(cell)
    return read_cell_date(split_dates(text)[0]).kind if len(text) <= _LONGEST_DATES else MilestoneKind.UNDATED


def is_to_be_confirmed(text: str) -> bool:
    """Say whether a text says only that something is still to be settled, or is empty."""
    words = cell_text(text).lower().strip(" .,;:-–")
    return bool(re.fullmatch(r"(?:(?:tbc|tba|tbd|t\.b\.c|n/?k|to be (?:confirmed|agreed|decided))[\s.,;/&-]*)*", words))
