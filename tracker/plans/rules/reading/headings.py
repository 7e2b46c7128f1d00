"""Recognising the headings of areas and of the sections under them; what stands beneath is collected elsewhere."""

import re
from dataclasses import dataclass
from enum import StrEnum

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LABEL = r"(?P<label>[ivxlc]{1,7}|[0-9]{1,3}[a-z]?)"
_AREA = re.compile(
    r"(?:area(?: for| of)? improvement|improvement area|area for development|priority area|priority|area|"
    rf"recommendation) (?:(?:no|number)\.? ?)?{_LABEL}\s?(?:[:.–—-]\s?(?P<title>.*)|$)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(
    r"(?:(?:our|the|key|main|expected|intended) )?"
    r"(?:(?P<objectives>objectives?|aims?)|(?P<outcomes>outcomes?)"
    r"|(?P<measures>measured by|measures?(?: of success)?|success measures?|how (?:we|will|shall)[^:]{1,60}))"
    r"\s?(?P<colon>[:–—-])?\s?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


class Section(StrEnum):
    """The lists that an area holds beside its actions."""

    OBJECTIVES = "objectives"
    OUTCOMES = "outcomes"
    MEASURES = "measures"


@dataclass(frozen=True)
class AreaHeading:
    """The heading of an area; the title is empty when it stands on the next line."""

    number: int
    label: str
    title: str


@dataclass(frozen=True)
class SectionHeading:
    """The heading of a section with what follows it on the same line."""

    section: Section
    rest: str


def area_heading(piece: str) -> AreaHeading | None:
    """Return the area that a piece of a line names by a roman or arabic label, or None."""
    words = " ".join(piece.split())
    found = _AREA.fullmatch(words)
    number = _number(found["label"]) if found else None
    if found is None or number is None:
        return None
    return AreaHeading(number, found["label"], (found["title"] or "").strip())


def section_heading(piece: str) -> SectionHeading | None:
    """Return the section that a piece of a line begins, or None; words after it need a colon between."""
    words = " ".join(piece.split())
    found = _SECTION.fullmatch(words)
    if found is None or (found["rest"] and found["colon"] != ":"):
        return None
    section = next(section for section in Section if found[section.value])
    return SectionHeading(section, found["rest"].strip())


def _number(label: str) -> int | None:
    digits = re.match(r"[0-9]+", label)
    if digits:
        return int(digits.group())
    values = [_ROMAN[letter] for letter in label.lower()]
    total = sum(
        -value if any(value < after for after in values[place + 1 :]) else value for place, value in enumerate(values)
    )
    return total if 0 < total < 200 else None
