"""The questions of a section as fields of its form, and their answers in words; which are asked is the tool's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import Field, RadioField

from tracker.audits.rules import limits
from tracker.audits.rules.answers import AnswerKind, AnswerValue, Reply, offered, words_of
from tracker.audits.rules.tool import Question
from tracker.web.forms import AtMost, Form, TextAreaField, choice, one_of

_OPTIONAL = "You can leave this one out."


@dataclass(frozen=True)
class AskedField:
    """A question as its form shows it: answered by words, or by choosing."""

    field: Field
    is_text: bool
    hint: str


def fields_of(questions: Sequence[Question]) -> dict[str, Field]:
    """Return a field for each question under a name of its own."""
    return {_name(question): _field(question) for question in questions}


def asked_fields(form: Form, questions: Sequence[Question]) -> list[AskedField]:
    """Return the questions in their order with the fields that a form has for them."""
    return [AskedField(form[_name(one)], _is_text(one), _hint(one)) for one in questions]


def show_replies(form: Form, questions: Sequence[Question], replies: Mapping[int, Reply]) -> None:
    """Put in the stored answers."""
    for question in questions:
        reply = replies.get(question.id, Reply())
        form[_name(question)].data = reply.note if _is_text(question) else reply.value


def replies_of(form: Form, questions: Sequence[Question]) -> dict[int, Reply]:
    """Return what was answered, with a blank for what was not."""
    return {question.id: _reply(question, form[_name(question)].data or "") for question in questions}


def reply_words(question: Question, reply: Reply) -> str:
    """Return an answer as pages show it: its value, its words, or that there is none."""
    value = words_of(question.kind, reply.value) if reply.value else ""
    return ". ".join(part for part in (value, reply.note) if part) or "Not answered"


def _name(question: Question) -> str:
    return f"question_{question.id}"


def _is_text(question: Question) -> bool:
    return question.kind is AnswerKind.TEXT


def _field(question: Question) -> Field:
    if _is_text(question):
        return TextAreaField(question.text, validators=[AtMost(limits.NOTE_LENGTH, "The answer")])
    values = offered(question.kind)
    choices = [choice(value.value, words_of(question.kind, value)) for value in values]
    check = one_of("", *values, message="Choose one of these")
    return RadioField(question.text, [check], choices=choices, validate_choice=False)


def _hint(question: Question) -> str:
    named = "Do not write names of children, family or staff." if _is_text(question) else ""
    return " ".join(part for part in (named, "" if question.is_required else _OPTIONAL) if part)


def _reply(question: Question, answer: str) -> Reply:
    if _is_text(question):
        return Reply(note=answer)
    return Reply(AnswerValue(answer)) if answer else Reply()
