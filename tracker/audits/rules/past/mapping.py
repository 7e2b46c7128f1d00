"""Which column of a file of past audits holds what, which question is on which theme, and what each tool asked."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tracker.core.problems import Invalid
from tracker.core.text import one_line

_FORM = (
    'A mapping is JSON like {"columns": {"Case no": "case", "Done on": "date"}, "questions": {"Child seen?": "voice"}, '
    '"tools": {"v1": ["Child seen?"]}}'
)
_TWICE = "The mapping names something twice. Headings are compared without regard to capitals"
_LONGEST = 1_000_000


class Field(StrEnum):
    """What a column may hold besides the answer to a question."""

    ROUND = "round"
    REF = "ref"
    CASE = "case"
    CATEGORY = "category"
    UNIT = "unit"
    AUDITOR = "auditor"
    TOOL = "tool"
    MODE = "mode"
    SELECTION = "selection"
    DATE = "date"
    GRADE = "grade"
    MODERATED_GRADE = "moderated_grade"
    IMMEDIATE_CONCERN = "immediate_concern"

    @property
    def words(self) -> str:
        """The field as pages name it."""
        return _FIELD_WORDS[self]


_FIELD_WORDS = {
    Field.ROUND: "Round",
    Field.REF: "Reference of the audit",
    Field.CASE: "Case reference",
    Field.CATEGORY: "Category of help",
    Field.UNIT: "Team",
    Field.AUDITOR: "Auditor",
    Field.TOOL: "Version of the tool",
    Field.MODE: "How it was audited",
    Field.SELECTION: "How the file was chosen",
    Field.DATE: "Day of the audit",
    Field.GRADE: "Overall grade",
    Field.MODERATED_GRADE: "Grade after moderation",
    Field.IMMEDIATE_CONCERN: "Immediate concern",
}
_GUESSES = {
    "round": Field.ROUND,
    "audit round": Field.ROUND,
    "ref": Field.REF,
    "audit ref": Field.REF,
    "reference": Field.REF,
    "case": Field.CASE,
    "case ref": Field.CASE,
    "case reference": Field.CASE,
    "category": Field.CATEGORY,
    "team": Field.UNIT,
    "unit": Field.UNIT,
    "service": Field.UNIT,
    "auditor": Field.AUDITOR,
    "tool": Field.TOOL,
    "tool version": Field.TOOL,
    "mode": Field.MODE,
    "method": Field.MODE,
    "selection": Field.SELECTION,
    "date": Field.DATE,
    "audit date": Field.DATE,
    "date of audit": Field.DATE,
    "grade": Field.GRADE,
    "overall grade": Field.GRADE,
    "moderated grade": Field.MODERATED_GRADE,
    "immediate concern": Field.IMMEDIATE_CONCERN,
}


def heading(text: str) -> str:
    """Return a column's heading as headings are compared: small letters, one space between words."""
    return one_line(text.replace("\x00", "")).casefold()


def guessed_field(text: str) -> Field | None:
    """Return what a column of this heading most likely holds, None when its words are not known."""
    words = heading(text).replace("_", " ")
    return _GUESSES.get(words)


@dataclass(frozen=True)
class PastMapping:
    """What a person says of a file's columns, by heading; `tools` names for a version the questions that it asked.

    With `moderated_only`, only audits that have a moderated grade are final.
    """

    columns: Mapping[str, Field] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, frozenset[str]] = field(default_factory=dict)
    moderated_only: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """The headings that it speaks of."""
        return frozenset(self.columns) | frozenset(self.questions)

    def as_json(self) -> str:
        """Return it as text that `mapping_from` reads."""
        said: dict[str, Any] = {
            "columns": dict(self.columns),
            "questions": dict(self.questions),
            "tools": {version: sorted(asked) for version, asked in self.tools.items()},
        }
        return json.dumps(said | ({"final": "moderated"} if self.moderated_only else {}), ensure_ascii=False)

    def asked_by(self, version: str) -> frozenset[str]:
        """Return the questions that a version of the tool asked: all of them when nothing is said of it."""
        return self.tools.get(heading(version), frozenset(self.questions))


def mapping_from(text: str, *, themes: Collection[str]) -> PastMapping:
    """Return the mapping that a text in JSON says, its themes by the codes that there are.

    Raises `Invalid` beside `mapping` with what is wrong with it.
    """
    found = _loaded(text)
    columns = _strings(found, "columns")
    questions = _strings(found, "questions")
    for code in questions.values():
        if code not in themes:
            raise _fault(f"There is no theme “{one_line(code)[:40]}”. Use the code of a theme")
    said = found.get("final", "")
    if not isinstance(said, str) or said not in {"", "all", "moderated"}:
        raise _fault("“final” may only say “moderated”")
    mapping = PastMapping(
        {name: _field(what) for name, what in columns.items()}, questions, _tools(found), said == "moderated"
    )
    return _checked(mapping)


def _checked(mapping: PastMapping) -> PastMapping:
    held = list(mapping.columns.values())
    if twice := next((one for one in held if held.count(one) > 1), None):
        raise _fault(f"Two columns are said to hold “{twice.words}”. Only one can")
    if Field.DATE not in held or not {Field.REF, Field.CASE} & set(held):
        raise _fault("Say which column holds the day of the audit (date), and which a reference (ref or case)")
    return mapping


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text[:_LONGEST].removeprefix("\ufeff"), object_pairs_hook=_once)
        # Half a letter, which JSON can spell, can be neither stored nor printed.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _fault(_FORM) from error
    if not isinstance(found, dict):
        raise _fault(_FORM)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return what stands between two braces; of a name that stands twice nobody can say which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _fault(_TWICE)
    return found


def _strings(found: dict[str, Any], key: str) -> dict[str, str]:
    part = found.get(key, {})
    if not isinstance(part, dict) or not all(isinstance(one, str) for one in part.values()):
        raise _fault(_FORM)
    return _once([(heading(name), one.strip()) for name, one in part.items()])


def _tools(found: dict[str, Any]) -> dict[str, frozenset[str]]:
    part = found.get("tools", {})
    if not isinstance(part, dict):
        raise _fault(_FORM)
    for asked in part.values():
        if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
            raise _fault(_FORM)
    return {heading(version): frozenset(map(heading, asked)) for version, asked in part.items()}


def _field(said: str) -> Field:
    try:
        return Field(said.lower())
    except ValueError:
        known = ", ".join(Field)
        raise _fault(f"A column cannot hold “{one_line(said)[:40]}”. It can hold: {known}") from None


def _fault(sentence: str) -> Invalid:
    return Invalid("mapping", sentence)
