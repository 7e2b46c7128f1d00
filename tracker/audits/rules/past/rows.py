"""One row of a file of past audits as an audit, or why it is refused; a cell's own words are never repeated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.names import somebody_in, title_tells
from tracker.audits.rules.past.mapping import Field, PastMapping
from tracker.audits.rules.past.words import ANSWERS, CATEGORIES, FLAGS, GRADES, MODES, SELECTIONS, Words, read_day
from tracker.audits.rules.vocabulary import Category, Grade, Mode, Selection
from tracker.core.text import one_line

_Meaning = TypeVar("_Meaning")
LONGEST_REF, _LONGEST_CASE, LONGEST_NAME, LONGEST_VERSION, _LONGEST_ROUND = 60, 20, 100, 60, 80
_EARLIEST = 1990
_PERSON = "The reference could say who somebody is"
_NO_REF = "There is no reference"
_LONG_REF = f"The reference is longer than {LONGEST_REF} characters"
_LONG_CASE = f"The case reference is longer than {_LONGEST_CASE} characters"
_NO_DAY = "The date is missing, or is no day as 2013-06-12 or 12/06/2013"
_NO_PAST_DAY = "The date lies in the future, or too long ago to be right"

_NO_ROUND = "Past audits"
_NAMED_ROUND = "The name of the round could say who somebody is, so it is kept as past audits"

_NEEDED = {
    Field.CATEGORY: "No category that we know, so the case is kept as a contact",
    Field.SELECTION: "It does not say how the file was chosen, so it is kept as targeted and not counted",
}


@dataclass(frozen=True, slots=True)
class PastAudit:
    """An audit of the past, by its row; `answers` stand in the order of the mapping's questions, None not answered."""

    row: int
    round: str
    ref: str
    case: str
    day: date
    category: Category
    unit: str
    auditor: str
    tool: str
    mode: Mode
    selection: Selection
    own_grade: Grade | None
    moderated_grade: Grade | None
    is_concern: bool
    answers: tuple[AnswerValue | None, ...]

    @property
    def grade(self) -> Grade | None:
        """The grade that counts: the moderated one where there is one (domain A8)."""
        return self.moderated_grade or self.own_grade

    @property
    def identity(self) -> tuple[str, str, date]:
        """What no two audits have in common: round, reference and day."""
        return self.round.casefold(), self.ref.casefold(), self.day


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that does not come in; its reference is told only where it names nobody."""

    row: int
    ref: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something of a row that came in which a person should look at; no row when it is about the file."""

    code: str
    row: int | None
    message: str


class RowReader:
    """Reads the rows of one file, whose headings are known, on a day of today."""

    def __init__(self, mapping: PastMapping, headings: Sequence[str], *, today: date) -> None:
        """Take what the columns hold and the headings as they are compared, from left to right."""
        self._today = today
        self._mapping = mapping
        self._place: Mapping[Field, int] = {
            one: headings.index(name) for name, one in mapping.columns.items() if name in headings
        }
        self._questions = [
            (name, headings.index(name) if name in headings else None) for name in sorted(mapping.questions)
        ]
        self.doubts: list[Doubt] = [
            Doubt(f"no_{one}", None, message) for one, message in _NEEDED.items() if one not in self._place
        ]

    def read(self, row: int, cells: Sequence[str]) -> PastAudit | Refused:
        """Return the audit of a row, or why it is refused; what is doubtful is added to `doubts`."""
        ref, case = self._references(cells)
        faults = (_reference_fault(ref), _reference_fault(case), None if case_code(case) else _LONG_CASE)
        fault = next((one for one in faults if one), None)
        told = None if _reference_fault(ref) else ref
        if fault:
            return Refused(row, told, fault)
        day = read_day(self._cell(cells, Field.DATE))
        if day is None:
            return Refused(row, told, _NO_DAY)
        if day > self._today or day.year < _EARLIEST:
            return Refused(row, told, _NO_PAST_DAY)
        return self._audit(row, cells, ref, case_code(case), day)

    def _references(self, cells: Sequence[str]) -> tuple[str, str]:
        """Return the references of the audit and of the case; a file with one of the two has it for both."""
        ref, case = one_line(self._cell(cells, Field.REF)), one_line(self._cell(cells, Field.CASE))
        return ref or case, case or ref

    def _audit(self, row: int, cells: Sequence[str], ref: str, case: str, day: date) -> PastAudit:
        tool = self._name(cells, Field.TOOL)[:LONGEST_VERSION]
        is_concern = self._read(FLAGS, row, cells, Field.IMMEDIATE_CONCERN) or False
        if is_concern:
            self._doubt(row, "immediate_concern", "An immediate concern is flagged. Make sure that it was acted on")
        return PastAudit(
            row=row,
            round=self._round(row, cells, day),
            ref=ref,
            case=case,
            day=day,
            category=self._category(row, cells),
            unit=self._name(cells, Field.UNIT),
            auditor=self._name(cells, Field.AUDITOR),
            tool=tool,
            mode=self._read(MODES, row, cells, Field.MODE) or Mode.DESK,
            selection=self._selection(row, cells),
            own_grade=self._read(GRADES, row, cells, Field.GRADE),
            moderated_grade=self._read(GRADES, row, cells, Field.MODERATED_GRADE),
            is_concern=is_concern,
            answers=tuple(self._answers(row, cells, tool)),
        )

    def _round(self, row: int, cells: Sequence[str], day: date) -> str:
        """Return the name of the round, which many see and which stands in addresses."""
        name = self._name(cells, Field.ROUND)[:_LONGEST_ROUND]
        if name and title_tells(name, today=day):
            self._doubt(row, "named_round", _NAMED_ROUND)
            return _NO_ROUND
        return name or _NO_ROUND

    def _category(self, row: int, cells: Sequence[str]) -> Category:
        return self._needed(CATEGORIES, row, cells, Field.CATEGORY) or Category.CONTACT

    def _selection(self, row: int, cells: Sequence[str]) -> Selection:
        """Return how the file was chosen; where nobody can say, it must not count as if it had been at random."""
        return self._needed(SELECTIONS, row, cells, Field.SELECTION) or Selection.TARGETED

    def _needed(self, words: Words[_Meaning], row: int, cells: Sequence[str], what: Field) -> _Meaning | None:
        """Read what every audit has; where the file has no such column, that was said once."""
        found = words.read(self._cell(cells, what))
        if found is None and what in self._place:
            self._doubt(row, f"no_{what}", _NEEDED[what])
        return found

    def _answers(self, row: int, cells: Sequence[str], tool: str) -> Iterator[AnswerValue | None]:
        asked = self._mapping.asked_by(tool)
        unread = unasked = 0
        for name, place in self._questions:
            cell = _at(cells, place)
            if name not in asked:
                unasked += ANSWERS.read(cell) is not None
                yield None
            else:
                unread += not ANSWERS.knows(cell)
                yield ANSWERS.read(cell)
        if unread:
            self._doubt(row, "unread_answer", f"Answers whose words we do not know, kept as not answered: {unread}")
        if unasked:
            self._doubt(row, "not_asked", f"Answers to what its tool did not ask, left out: {unasked}")

    def _read(self, words: Words[_Meaning], row: int, cells: Sequence[str], what: Field) -> _Meaning | None:
        cell = self._cell(cells, what)
        if not words.knows(cell):
            self._doubt(row, f"unread_{what}", f"{what.words}: its words are not known, so it is kept as empty")
        return words.read(cell)

    def _name(self, cells: Sequence[str], what: Field) -> str:
        return one_line(self._cell(cells, what))[:LONGEST_NAME].strip()

    def _cell(self, cells: Sequence[str], what: Field) -> str:
        return _at(cells, self._place.get(what))

    def _doubt(self, row: int, code: str, message: str) -> None:
        self.doubts.append(Doubt(code, row, message))


def case_code(text: str) -> str:
    """Return a case reference as codes are stored, without spaces and marks; nothing when it is too long for one."""
    code = re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")
    return code if len(code) <= _LONGEST_CASE else ""


def _reference_fault(text: str) -> str | None:
    if not text:
        return _NO_REF
    # A code has a figure; what has none may be initials, and a long text may hold anything.
    if len(text) > LONGEST_REF:
        return _LONG_REF
    if somebody_in(text) or not any(letter.isdecimal() for letter in text):
        return _PERSON
    return None


def _at(cells: Sequence[str], place: int | None) -> str:
    return cells[place].replace("\x00", "").strip() if place is not None and place < len(cells) else ""
