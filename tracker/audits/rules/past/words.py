"""What the words in the cells of a file of past audits mean (domain A15), whatever their capitals, spaces and marks."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.names import patterns
from tracker.audits.rules.vocabulary import Category, Grade, Mode, Selection
from tracker.core.text import one_line

_Meaning = TypeVar("_Meaning")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?")
_CLOCK = re.compile(r"[ ,]+\d{1,2}:\d{2}(?::\d{2})?$")
_LONGEST = 60


def plain(text: str) -> str:
    """Return a text in small letters with one space between words, whichever marks stood there."""
    words = one_line(text.replace("_", " ").replace("-", " ").replace("–", " ").replace(".", " "))
    return words.casefold().replace(" / ", "/")


class Words(Generic[_Meaning]):
    """A table of words and what each means; a cell that says nothing is no fault, one that says something else is."""

    def __init__(self, meanings: Mapping[str, _Meaning], nothing: frozenset[str] = frozenset()) -> None:
        """Take the words with what they mean, and those that say that there is nothing to say."""
        self._meanings = {plain(word): meaning for word, meaning in meanings.items()}
        self._nothing = {plain(word) for word in nothing} | {""}

    def read(self, cell: str) -> _Meaning | None:
        """Return what a cell means, None when it is empty or its words are not known."""
        return self._meanings.get(plain(cell)) if len(cell) <= _LONGEST else None

    def knows(self, cell: str) -> bool:
        """Say whether a cell is empty or its words are known."""
        return len(cell) <= _LONGEST and (plain(cell) in self._nothing or plain(cell) in self._meanings)


_GRADES = {
    "outstanding": "outstanding",
    "good": "good",
    "requires improvement": "requires_improvement",
    "requires improvement to be good": "requires_improvement",
    "ri": "requires_improvement",
    "r.i.": "requires_improvement",
    "inadequate": "inadequate",
}
_ANSWERS = _GRADES | {
    "met": "met",
    "fully met": "met",
    "yes": "met",
    "y": "met",
    "partly": "partly",
    "partly met": "partly",
    "partially": "partly",
    "partially met": "partly",
    "partial": "partly",
    "not met": "not_met",
    "no": "not_met",
    "n": "not_met",
    "not applicable": "not_applicable",
    "does not apply": "not_applicable",
    "n/a": "not_applicable",
    "na": "not_applicable",
    "n.a.": "not_applicable",
    "not enough": "not_enough",
    "not enough on file": "not_enough",
}
_UNANSWERED = frozenset({"-", "–", "not answered", "not asked", "blank"})

GRADES = Words(
    {word: Grade(value) for word, value in _GRADES.items()}, frozenset({"n/a", "na", "-", "not graded", "none"})
)
ANSWERS = Words({word: AnswerValue(value) for word, value in _ANSWERS.items()}, _UNANSWERED)
MODES = Words(
    {mode.value: mode for mode in Mode}
    | {"desktop": Mode.DESK, "desk top": Mode.DESK, "multi agency": Mode.MULTI_AGENCY, "dip sample": Mode.DIP_SAMPLE}
)
SELECTIONS = Words(
    {selection.value: selection for selection in Selection}
    | {"reaudit": Selection.RE_AUDIT, "dip sample for cause": Selection.DIP_FOR_CAUSE}
)
CATEGORIES = Words(
    {category.value: category for category in Category}
    | {
        "cin": Category.CHILD_IN_NEED,
        "cp": Category.CHILD_PROTECTION,
        "cla": Category.CHILD_IN_CARE,
        "lac": Category.CHILD_IN_CARE,
        "cic": Category.CHILD_IN_CARE,
    }
    | {category.words: category for category in Category}
)
FLAGS = Words(
    {"yes": True, "y": True, "true": True, "1": True, "x": True}
    | {"no": False, "n": False, "false": False, "0": False, "none": False, "n/a": False}
)


def read_day(cell: str) -> date | None:
    """Return the day that a cell gives, in figures as 2013-06-12 or 12/06/2013 or with the month as a word."""
    text = one_line(cell)[:_LONGEST]
    if found := _ISO.fullmatch(text):
        return patterns.real_date(int(found[3]), int(found[2]), int(found[1]))
    text = _CLOCK.sub("", text)
    if found := patterns.NUMERIC_DATE.fullmatch(text):
        return patterns.numeric_date(*found.groups())
    if found := patterns.WRITTEN_DATE.fullmatch(text):
        return patterns.written_date(*found.groups())
    return None
