"""The form by which the worker of a file answers its audit: their words and whether they agree, section by section."""

from collections.abc import Mapping
from typing import ClassVar

from wtforms import BooleanField, Field

from tracker.audits.rules import limits
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.audits.rules.tool import Tool
from tracker.web.audits.section_base import in_three_steps
from tracker.web.forms import AtMost, Form, TextAreaField, VersionField


class ResponseForm(Form):
    """What every answer has: the version it began from, and what is said on sending it."""

    version = VersionField()
    numbers: ClassVar[tuple[int, ...]] = ()
    has_read = BooleanField("I have read this audit")
    names_confirmed = BooleanField("I have looked at these words. They name no child, no family and no member of staff")

    def words(self, number: int) -> Field:
        """Return the box for one's own words on a section."""
        field: Field = self[f"words_{number}"]
        return field

    def agrees(self, number: int) -> Field:
        """Return the question whether one agrees on the grade of a section."""
        field: Field = self[f"agrees_{number}"]
        return field

    def show(self, views: Mapping[int, WorkerView], version: int) -> None:
        """Put in what is kept, or was said side by side."""
        self.version.data = str(version)
        for number in self.numbers:
            view = views.get(number, WorkerView())
            self.words(number).data = view.words
            self.agrees(number).data = view.agrees.value if view.agrees else None

    @property
    def views(self) -> dict[int, WorkerView]:
        """What is said of each section."""
        return {number: self._view(number) for number in self.numbers}

    def _view(self, number: int) -> WorkerView:
        agrees = self.agrees(number).data
        return WorkerView(self.words(number).data or "", Extent(agrees) if agrees in set(Extent) else None)


def answered_numbers(tool: Tool) -> tuple[int, ...]:
    """Return the sections that have a grade to answer, the whole as the last of them."""
    return tuple(one.number for one in tool.sections if one.is_graded or one.number == tool.overall_number)


def response_form(tool: Tool) -> ResponseForm:
    """Return the form for the sections of an audit, reading what was sent."""
    numbers = answered_numbers(tool)
    most = [AtMost(limits.WORKER_WORDS_LENGTH, "Your words")]
    fields: dict[str, object] = {"numbers": numbers}
    for number in numbers:
        fields[f"words_{number}"] = TextAreaField("In your words", validators=most)
        fields[f"agrees_{number}"] = in_three_steps("Do you agree on the grade?")
    form: ResponseForm = type("AnsweringForm", (ResponseForm,), fields)()
    return form
