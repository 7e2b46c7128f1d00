"""What the steps of an import ask: columns and colours, doubts, one action put right, who the leads are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField, ValidationError

from tracker.people.rules import PartyKind
from tracker.plans.commands.importing import LONGEST_TITLE
from tracker.plans.commands.mappings import LONGEST_NAME
from tracker.plans.imports.whole_reading import WholeReading
from tracker.plans.models import UnfinishedImport
from tracker.plans.rules.importing import Correction, LeadAnswer, Step
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading import ActionReading, RagKey, rag_key_from
from tracker.plans.rules.tables import Field
from tracker.plans.rules.tables.fields import field_of, heading_words
from tracker.plans.rules.tables.mapping import Mapping as ColumnMapping
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, VersionField, choice, trimmed

_LONGEST_ACTION, _LONGEST_STEP, _LONGEST_DATE, _LONGEST_LEADS = 1000, 1000, 300, 800
_MOST_LEADS = 12
SPARE_STEPS = 2
_MEANINGS = {
    Field.NUMBER: "Number of the action",
    Field.AREA: "Area for improvement",
    Field.OBJECTIVES: "Objectives",
    Field.OUTCOMES: "Outcomes",
    Field.MEASURES: "How it is measured",
    Field.ACTION: "Action",
    Field.MILESTONES: "Milestones",
    Field.TARGET: "Target date",
    Field.LEADS: "Delivery lead",
    Field.STATUS: "RAG or status",
    Field.REVISED: "Revised date, kept as text",
    Field.KEPT: "Something else, kept as text",
}
_CODES = (
    (Rag.RED, "Red: off track"),
    (Rag.AMBER, "Amber: at risk"),
    (Rag.GREEN, "Green: on track"),
    (Rag.COMPLETE, "Complete: comes in as a claim"),
    (Rag.EMBEDDED, "Complete and embedded: comes in as a claim"),
    (Rag.NOT_SCHEDULED, "Nothing: it declares nothing"),
    (Rag.WITHDRAWN, "Withdrawn: stays open until you decide"),
)


class FoundForm(Form):
    """Asks what the plan is called, when it was approved, and how it is to be read."""

    version = VersionField()
    title = StringField("Title", [NotBlank("Give the plan a title"), AtMost(LONGEST_TITLE, "The title")])
    approved_on = DayField("Approved on")
    keep_as = StringField("Keep these columns and colours under a name", [AtMost(LONGEST_NAME, "The name")])


def found_form(kept: UnfinishedImport, found: WholeReading) -> Any:
    """Return the form for what was found: a list for each column, and one for each word of colour."""
    key = rag_key_from(kept.rag_key)
    boxes: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(kept.version), "title": kept.title, "approved_on": kept.approved_on}
    meanings = [choice(field.value, words) for field, words in _MEANINGS.items()]
    for place, column in enumerate(found.columns):
        boxes[f"column_{place}"] = FromList(f"What “{column.heading}” holds", choices=meanings)
        data[f"column_{place}"] = (column.field or Field.KEPT).value
    for place, word in enumerate(words_of(found)):
        codes = [choice("", "Choose what it means"), *(choice(code.value, words) for code, words in _CODES)]
        boxes[f"word_{place}"] = FromList(f"What “{word}” means", [_meant(word)], choices=codes)
        known = key.code_of(word)
        data[f"word_{place}"] = known.value if known is not None else ""
    return type("FoundOfThisForm", (FoundForm,), boxes)(data=data)


def words_of(found: WholeReading) -> list[str]:
    """Return the words of colour of a plan, each once."""
    return list(dict.fromkeys(word for column in found.words for word, _ in column.words))


def columns_said(form: Any, found: WholeReading, *, whole: bool = False) -> str:
    """Return as text what columns hold: those that are not what their headings say, or the whole of them."""
    said = {
        heading_words(column.heading): Field(form[f"column_{place}"].data) for place, column in enumerate(found.columns)
    }
    other = {words: field for words, field in said.items() if whole or field is not (field_of(words) or Field.KEPT)}
    return ColumnMapping(tuple(other.items())).as_json() if other else ""


def key_said(form: Any, found: WholeReading) -> str:
    """Return as text what the words of colour mean."""
    words = {word: Rag(form[f"word_{place}"].data) for place, word in enumerate(words_of(found))}
    return RagKey({word.lower(): code for word, code in words.items()}).as_json() if words else ""


class ChecksForm(Form):
    """Asks which doubts are as they should be."""

    version = VersionField()
    settled = SelectMultipleField("These are right", coerce=str, validate_choice=False)


class ActionForm(Form):
    """Asks how an action should come in."""

    version = VersionField()
    title = TextAreaField("Action", [NotBlank("Write what is to be done"), AtMost(_LONGEST_ACTION, "The action")])
    leads = TextAreaField("Delivery leads", [AtMost(_LONGEST_LEADS, "The leads")])

    def validate_leads(self, field: TextAreaField) -> None:
        """Keep a plan from taking a whole text for its leads."""
        names = _lines(field.data)
        if len(names) > _MOST_LEADS:
            raise ValidationError(f"Name at most {_MOST_LEADS} leads")
        if any(len(name) > _LONGEST_DATE for name in names):
            raise ValidationError("Write one lead a line")


def action_form(kept: UnfinishedImport, action: ActionReading) -> Any:
    """Return the form for one action: its words, its leads, and its milestones with room for more."""
    boxes: dict[str, Any] = {}
    data: dict[str, Any] = {
        "version": str(kept.version),
        "title": action.title,
        "leads": "\n".join(lead.name for lead in action.leads),
    }
    for place in range(len(action.milestones) + SPARE_STEPS):
        boxes[f"step_{place}"] = TextAreaField(f"Milestone {place + 1}", [AtMost(_LONGEST_STEP, "The milestone")])
        boxes[f"date_{place}"] = StringField(f"Date of milestone {place + 1}", [AtMost(_LONGEST_DATE, "The date")])
    for place, step in enumerate(action.milestones):
        data[f"step_{place}"], data[f"date_{place}"] = step.title, step.date.text
    return type("ActionOfThisForm", (ActionForm,), boxes)(data=data)


def correction_of(form: Any, action: ActionReading) -> Correction:
    """Return an action as it was put right; a milestone without words is none."""
    steps = [
        Step(trimmed(form[f"step_{place}"].data), trimmed(form[f"date_{place}"].data))
        for place in range(len(action.milestones) + SPARE_STEPS)
    ]
    return Correction(
        title=trimmed(form.title.data),
        leads=tuple(dict.fromkeys(_lines(form.leads.data))),
        steps=tuple(step for step in steps if step.title),
    )


class LeadsForm(Form):
    """Asks what each lead is, and who may update for it."""

    version = VersionField()


def leads_form(
    kept: UnfinishedImport, answered: Mapping[str, LeadAnswer], people: Sequence[Any], linked: Collection[str]
) -> Any:
    """Return the form for leads in their order, each with what was answered or suggested; some are linked already."""
    kinds = [choice(kind.value, kind.words) for kind in PartyKind]
    persons = [choice(str(one.id), f"{one.name}, {one.email}") for one in people]
    boxes: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(kept.version)}
    for place, (name, said) in enumerate(answered.items()):
        boxes[f"kind_{place}"] = FromList(f"What {name} is", choices=kinds)
        asks, nobody = ("Who else updates", "Nobody else") if name in linked else ("Who updates", "Nobody yet")
        boxes[f"person_{place}"] = FromList(f"{asks} for {name}", choices=[choice("", nobody), *persons])
        data[f"kind_{place}"], data[f"person_{place}"] = said.kind.value, str(said.person_id or "")
    return type("LeadsOfThisForm", (LeadsForm,), boxes)(data=data)


def leads_said(form: Any, names: Sequence[str]) -> dict[str, LeadAnswer]:
    """Return what was answered of the leads, in their order."""
    said = {}
    for place, name in enumerate(names):
        person = form[f"person_{place}"].data
        said[name] = LeadAnswer(PartyKind(form[f"kind_{place}"].data), int(person) if person else None)
    return said


class ConfirmForm(Form):
    """Asks for nothing more than the word."""

    version = VersionField()


def _meant(word: str) -> Any:
    def check(form: Form, field: Any) -> None:
        if not field.data:
            raise ValidationError(f"Say what “{word}” means")

    return check


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
