"""Fields of the audit forms: choices from lists and exact days; a wrong answer is said beside the field."""

import re
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from tracker.core import clock
from tracker.plans.rules.dates import DateProblem, Precision, read_target_date

_ASK_DAY = "Enter a day with its year, for example 15 Jan 2027"
_ASK_TIME = "Enter a time, for example 10:40"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class OneOf(SelectField):
    """A list to choose from, where choosing nothing is an answer of its own."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not on the list."""
        if self.data and self.data not in {str(choice[0]) for choice in self.iter_choices()}:
            raise ValidationError("Choose from the list")


class OneCard(RadioField):
    """Cards to choose from, where choosing nothing is an answer of its own."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not on a card."""
        if self.data and self.data not in {str(choice[0]) for choice in self.iter_choices()}:
            raise ValidationError("Choose one of these")


class DayField(StringField):
    """A text box for an exact day; `day` is what was read."""

    day: date | None = None

    def process_data(self, value: Any) -> None:
        """Show a stored day as people write it."""
        self.day = value if isinstance(value, date) else None
        self.data = value.strftime("%-d %b %Y") if isinstance(value, date) else value

    def pre_validate(self, form: BaseForm) -> None:
        """Read the day; months, quarters and years are too broad here."""
        self.day = None
        if not self.data:
            return
        try:
            read = read_target_date(self.data, today=None)
        except DateProblem as problem:
            raise ValidationError(_ASK_DAY) from problem
        if read.precision is not Precision.DAY or read.due is None or read.every_months or read.every_weeks:
            raise ValidationError(_ASK_DAY)
        self.day = read.due


class WholeField(StringField):
    """A text box for a whole number between two others; `number` is what was read."""

    number: int | None = None

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        """Take the smallest and the largest number that may be given."""
        super().__init__(*args, **kwargs)
        self.least = least
        self.most = most

    def pre_validate(self, form: BaseForm) -> None:
        """Read the number."""
        text = self.data or ""
        self.number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
        if self.number is None or not self.least <= self.number <= self.most:
            raise ValidationError(f"Enter a whole number from {self.least} to {self.most:,}")


class ClockField(StringField):
    """A text box for a time of the day; `time` is what was read."""

    time: time_of_day | None = None

    def pre_validate(self, form: BaseForm) -> None:
        """Read hours and minutes."""
        self.time = None
        if not self.data:
            return
        found = _TIME.fullmatch(self.data)
        if found is None:
            raise ValidationError(_ASK_TIME)
        self.time = time_of_day(int(found[1]), int(found[2]))


def moment(day: date, at: time_of_day) -> datetime:
    """Return a day and a time in England as a moment."""
    return datetime.combine(day, at, clock.LONDON)
