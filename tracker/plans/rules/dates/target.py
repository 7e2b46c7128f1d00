"""A target date as it was understood, and how pages say it; reading it from text belongs to the readers."""

from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.dates.words import month_short
from tracker.plans.rules.vocabulary import MilestoneKind, Precision
from tracker.plans.rules.wording import MONTHS, day_in_words, short_day

_MONTH_STEPS = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True)
class TargetDate:
    """What a date text means (domain A4).

    `due` is the last day of the period, of something recurring the first occurrence; both days are None when the
    text holds no date. `text` is as written. `waits_on` names the body that will set the date.
    """

    kind: MilestoneKind
    precision: Precision
    start: date | None
    due: date | None
    text: str
    every_months: int | None = None
    every_weeks: int | None = None
    waits_on: str | None = None

    def shown(self, next_due: date | None = None, *, is_late: bool = False) -> str:
        """Return the few words of lists and cards; of something recurring, with the turn owed, which may be late."""
        if self.kind is MilestoneKind.WAITING:
            return f"Waiting for: {self.waits_on}"
        if self.kind is MilestoneKind.RECURRING:
            turn = next_due or self.due
            return (
                f"Every {self._step()}, {'was due' if is_late else 'next'} {short_day(turn)}"
                if turn
                else f"Every {self._step()}"
            )
        if self.start is None or self.due is None:
            return "Date to be confirmed"
        return _shown_period(self.precision, self.start, self.due)

    def sentence(self) -> str:
        """Return how the text was read, to be echoed under the box (ux 6)."""
        if self.kind is MilestoneKind.WAITING:
            return f"We read this as waiting for: {self.waits_on}"
        if self.kind is MilestoneKind.RECURRING:
            first = f", first due by {day_in_words(self.due)}" if self.due else ""
            return f"We read this as every {self._step()}{first}"
        if self.start is None or self.due is None:
            return "We read this as a date still to be confirmed"
        if self.precision is Precision.DAY:
            return f"We read this as {day_in_words(self.due)}"
        return f"We read this as {_said_period(self.precision, self.start, self.due)}, due by {day_in_words(self.due)}"

    def _step(self) -> str:
        if self.every_weeks:
            return "week" if self.every_weeks == 1 else f"{self.every_weeks} weeks"
        months = self.every_months or 1
        return _MONTH_STEPS.get(months, f"{months} months")


def undated(text: str) -> TargetDate:
    """Return a text that holds no date, kept as it was written."""
    return TargetDate(MilestoneKind.UNDATED, Precision.NONE, None, None, text)


def _financial_year(start: date) -> str:
    first = start.year if start.month > 3 else start.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def _shown_period(precision: Precision, start: date, due: date) -> str:
    if precision is Precision.DAY:
        return short_day(due)
    if precision is Precision.MONTH:
        return _months_between(start, due, tuple(name[:3] for name in MONTHS))
    if precision is Precision.QUARTER:
        quarter = (start.month - 4) // 3 % 4 + 1
        months = f"{month_short(start.month)} to {month_short(due.month)} {due.year}"
        return f"Q{quarter} {_financial_year(start)} ({months})"
    return str(start.year) if start.month == 1 else _financial_year(start)


def _said_period(precision: Precision, start: date, due: date) -> str:
    if precision is Precision.QUARTER:
        quarter = _shown_period(precision, start, due).partition(" (")[0]
        return f"{quarter} ({MONTHS[start.month - 1]} to {MONTHS[due.month - 1]} {due.year})"
    if precision is Precision.YEAR and start.month != 1:
        return f"{_financial_year(start)} ({_months_between(start, due, MONTHS)})"
    if precision is Precision.YEAR:
        return str(start.year)
    return _months_between(start, due, MONTHS)


def _months_between(start: date, due: date, names: tuple[str, ...]) -> str:
    last = f"{names[due.month - 1]} {due.year}"
    if (start.year, start.month) == (due.year, due.month):
        return last
    first = names[start.month - 1] if start.year == due.year else f"{names[start.month - 1]} {start.year}"
    return f"{first} to {last}"
