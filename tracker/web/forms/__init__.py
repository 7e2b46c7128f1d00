"""What the forms of all pages are made of: the form, its fields and their checks; the questions are the pages' own."""

from wtforms import StringField, TextAreaField

from tracker.web.forms.checks import AtMost, NotBlank, chosen, one_of
from tracker.web.forms.choices import FromList, RecordField, choice, choices_of
from tracker.web.forms.days import ClockField, DayField
from tracker.web.forms.form import Form
from tracker.web.forms.numbers import WholeField
from tracker.web.forms.typed import answered, trimmed
from tracker.web.forms.version import VersionField

__all__ = [
    "AtMost",
    "ClockField",
    "DayField",
    "Form",
    "FromList",
    "NotBlank",
    "RecordField",
    "StringField",
    "TextAreaField",
    "VersionField",
    "WholeField",
    "answered",
    "choice",
    "choices_of",
    "chosen",
    "one_of",
    "trimmed",
]
