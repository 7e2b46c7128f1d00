"""What the steps of an import of past audits ask: the file, what its columns hold, what each version asked."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, FileField, ValidationError

from tracker.audits.models import Theme
from tracker.audits.rules.past import Field, PastMapping
from tracker.audits.rules.past.guessing import versions_in
from tracker.audits.rules.past.mapping import heading
from tracker.web.audits.past_place import Incoming
from tracker.web.forms import Form, FromList, VersionField, choice, choices_of

MOST_COLUMNS, MOST_VERSIONS = 80, 12
_FIELD, _THEME = "field:", "theme:"


class PastFileForm(Form):
    """Asks for a file of past audits."""

    file = FileField("The file, one row an audit")

    def validate_file(self, field: FileField) -> None:
        """Ask for a file; what is in it is the importer's to judge."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError("Choose the file")


class ColumnsForm(Form):
    """Asks how a file is to be read."""

    version = VersionField()
    moderated_only = BooleanField("Only audits with a grade after moderation are final")


def names_of(there: Incoming) -> list[tuple[str, str]]:
    """Return the columns of a file that have a heading, each once: as it is compared, and as it stands."""
    found: dict[str, str] = {}
    for text in there.table.headings:
        found.setdefault(heading(text), text)
    return [(name, text) for name, text in found.items() if name]


def columns_form(there: Incoming, themes: Sequence[Theme]) -> Any:
    """Return the form for a file: a list for each column, and a box for each question that a version may have asked."""
    offered = [
        choice("", "Nothing that is needed"),
        *(choice(f"{_FIELD}{one.value}", one.label) for one in choices_of(Field)),
        *(choice(f"{_THEME}{one.code}", f"Answer on: {one.name}") for one in themes),
    ]
    boxes: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(there.kept.version), "moderated_only": there.mapping.moderated_only}
    for place, (name, text) in enumerate(names_of(there)):
        boxes[f"column_{place}"] = FromList(f"What “{text[:80]}” holds", choices=offered)
        data[f"column_{place}"] = _said(there.mapping, name)
    for number, (version, used) in enumerate(_versions(there)):
        asked = there.mapping.tools.get(heading(version), frozenset(used))
        for place, name in enumerate(sorted(there.mapping.questions)):
            boxes[f"asked_{number}_{place}"] = BooleanField(name)
            data[f"asked_{number}_{place}"] = name in asked
    return type("ColumnsOfThisForm", (ColumnsForm,), boxes)(data=data)


def boxes_of(form: Any, there: Incoming) -> list[tuple[str, list[Any]]]:
    """Return by version the boxes of its questions."""
    questions = range(len(there.mapping.questions))
    return [
        (version or "No version given", [form[f"asked_{number}_{place}"] for place in questions])
        for number, (version, _) in enumerate(_versions(there))
    ]


def mapping_said(form: Any, there: Incoming) -> PastMapping:
    """Return how the file is to be read as the form says; a question that it did not show is asked where it is used."""
    said = {name: form[f"column_{place}"].data or "" for place, (name, _) in enumerate(names_of(there))}
    columns = {name: Field(one.removeprefix(_FIELD)) for name, one in said.items() if one.startswith(_FIELD)}
    questions = {name: one.removeprefix(_THEME) for name, one in said.items() if one.startswith(_THEME)}
    mapping = PastMapping(columns, questions, moderated_only=bool(form.moderated_only.data))
    used = versions_in(mapping, there.table.headings, there.table.rows)
    shown = sorted(there.mapping.questions)
    tools = {}
    for version, answered in used.items():
        number = next((at for at, (one, _) in enumerate(_versions(there)) if one == version), None)
        ticked = {
            name for place, name in enumerate(shown) if number is not None and form[f"asked_{number}_{place}"].data
        }
        unseen = answered if number is None else answered - set(shown)
        tools[heading(version)] = frozenset((ticked | unseen) & questions.keys())
    return PastMapping(columns, questions, tools, mapping.moderated_only)


def _versions(there: Incoming) -> list[tuple[str, set[str]]]:
    found = versions_in(there.mapping, there.table.headings, there.table.rows)
    return list(found.items())[:MOST_VERSIONS] if there.mapping.questions else []


def _said(mapping: PastMapping, name: str) -> str:
    if name in mapping.columns:
        return f"{_FIELD}{mapping.columns[name].value}"
    return f"{_THEME}{mapping.questions[name]}" if name in mapping.questions else ""
