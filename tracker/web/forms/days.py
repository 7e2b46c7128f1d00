"""Text boxes for one calendar day and for a time of the day; dates with a precision are the plans' own."""

import re
from datetime import date
from datetime import time as time_of_day
from typing import Any

from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from tracker.core import clock
from tracker.plans.rules.dates import DateProblem, read_day

_ASK_TIME = "Enter a time, for example 10:40"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class DayField(StringField):
    """A text box for one calendar day, as council people write it; `day` is what was read, None for an empty box."""

    day: date | None = None

    def __init__(self, *args: Any, needs_year: bool = False, **kwargs: Any) -> None:
        """Take whether the year must be typed: without it the next such day is meant, wrong for what lies behind."""
        super().__init__(*args, **kwargs)
        self.needs_year = needs_year

    def process_data(self, value: Any) -> None:
        """Show a stored day as people write it."""
        self.day = value if isinstance(value, date) else None
        self.data = f"{value:%-d %b %Y}" if isinstance(value, date) else value

    def pre_validate(self, form: BaseForm) -> None:
        """Read the day; months, quarters and years are too broad here."""
        self.day = None
        if not self.data:
            return
        which = "a day with its year" if self.needs_year else "one day"
        today = None if self.needs_year else clock.today()
        try:
            self.day = read_day(self.data, today=today, ask=f"Enter {which}, for example 15 Jan 2027")
        except DateProblem as problem:
            raise ValidationError(str(problem)) from None


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
