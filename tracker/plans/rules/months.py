"""The rating of an action month by month, and the sentence about it; how each rating came about is not here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.text import counted, joined
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.recurrence import month_end
from tracker.plans.rules.wording import MONTHS

_MOST_MONTHS = 24
_MOST_STRETCHES = 4


@dataclass(frozen=True, slots=True)
class MonthRag:
    """How an action stood at the end of a month, or today in the month that is not over."""

    on: date
    code: Rag

    @property
    def label(self) -> str:
        """The month in three letters, with the year in January."""
        return MONTHS[self.on.month - 1][:3]

    @property
    def month(self) -> str:
        """The month with its year."""
        return f"{self.label} {self.on.year}"


def month_ends(first: date, last: date) -> tuple[date, ...]:
    """Return the ends of the months from one day to another, the second day standing for its own month.

    Of a long plan only the last two years.
    """
    return tuple(_month_ends(first, last))[-_MOST_MONTHS:]


def months_sentence(months: Sequence[MonthRag]) -> str:
    """Say for how many months each colour lasted, in their order, and since when the present one.

    Only the last stretches are told one by one; how many changes went before stands first.
    """
    runs = list(_runs(months))
    if not runs:
        return ""
    told = [f"{_word(code)} for {counted(number, 'month')}" for code, _, number in runs[:-1]]
    code, since, _ = runs[-1]
    told.append(f"{_word(code)} since {since.month}")
    earlier = len(told) - _MOST_STRETCHES
    before = f"after {counted(earlier, 'earlier change')}: " if earlier > 0 else ""
    sentence = before + joined(told[-_MOST_STRETCHES:])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _month_ends(first: date, last: date) -> Iterator[date]:
    end = month_end(first.year, first.month)
    while end < last:
        yield end
        following = end + timedelta(days=1)
        end = month_end(following.year, following.month)
    yield last


def _runs(months: Sequence[MonthRag]) -> Iterator[tuple[Rag, MonthRag, int]]:
    start = 0
    for place in range(1, len(months) + 1):
        if place == len(months) or months[place].code is not months[start].code:
            yield months[start].code, months[start], place - start
            start = place


def _word(code: Rag) -> str:
    return code.word.lower()
