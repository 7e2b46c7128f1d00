"""Days, months, quarters and years in words as periods with a first and a last day; nothing that repeats or waits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.dates.words import FINANCIAL_YEAR, MONTH, YEAR, month_number, month_short
from tracker.plans.rules.recurrence import month_end
from tracker.plans.rules.vocabulary import Precision


class DateProblem(ValueError):
    """A typed date that cannot be taken; its text is the sentence to show beside the field (ux 6)."""


@dataclass(frozen=True)
class Period:
    """A stretch of days that one date text stands for; what is due in it is due on its last day."""

    precision: Precision
    start: date
    due: date


Reader = Callable[[re.Match[str], date | None], Period | None]

EARLIEST, LATEST = 1900, 2199
_LEADING = re.compile(
    r"^(?:(?:by|before|in|during|on|or|until|no|later|than|the|start|beginning|middle|mid|late|early|end|of|due|deadline|"
    r"completed|target|date):? )+"
)
_TRAILING_NOTE = re.compile(r"\s?\([^()]*\)$")
_EDGE = re.compile(r"^(?:mid|late|early|end|beginning|start)-(?=[a-z])")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,? ")


def read_period(words: str, today: date | None) -> Period | None:
    """Return the period that tidied small-letter words name, or None when they name none.

    Day before month, as in Britain; two-digit years are 20xx; quarters and years such as 2026/27 begin in April.
    A month, quarter or day without a year is the next one from today; with no today (an import) it is no date.

    Raises:
        DateProblem: for a day that no calendar has, or a year far away.
    """
    bare = _bare(words)
    for pattern, reader in _PATTERNS:
        found = pattern.fullmatch(bare)
        if found and (period := _within_reach(reader, found, today)):
            return period
    return None


def _bare(words: str) -> str:
    rest = _WEEKDAY.sub("", _TRAILING_NOTE.sub("", words))
    return _WEEKDAY.sub("", _EDGE.sub("", _LEADING.sub("", rest)))


def _within_reach(reader: Reader, found: re.Match[str], today: date | None) -> Period | None:
    try:
        return reader(found, today)
    except DateProblem:
        raise
    except (ValueError, OverflowError) as cause:
        raise DateProblem(f"{found.group()} is too far away") from cause


def _full_year(digits: str) -> int:
    year = int(digits.lstrip("'"))
    year += 2000 if len(digits.lstrip("'")) == 2 else 0
    if not EARLIEST <= year <= LATEST:
        raise DateProblem(f"{digits} is not a year we can use")
    return year


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as cause:
        shown = f"{day} {month_short(month)} {year}" if 1 <= month <= 12 else f"{day}/{month}/{year}"
        raise DateProblem(f"{shown} is not a real date") from cause


def day_period(day: date) -> Period:
    """Return the period of one day."""
    return Period(Precision.DAY, day, day)


def month_period(year: int, month: int) -> Period:
    """Return the period of a calendar month."""
    if not 1 <= month <= 12:
        raise DateProblem(f"{month}/{year} is not a real month")
    return Period(Precision.MONTH, date(year, month, 1), month_end(year, month))


def quarter_period(financial_year: int, quarter: int) -> Period:
    """Return a quarter of the financial year that begins in April of the year given."""
    year, month = (financial_year, quarter * 3 + 1) if quarter < 4 else (financial_year + 1, 1)
    return Period(Precision.QUARTER, date(year, month, 1), month_end(year, month + 2))


def _dmy(found: re.Match[str], _today: date | None) -> Period:
    month = found["m"]
    number = int(month) if month.isdecimal() else month_number(month)
    return day_period(_calendar_day(_full_year(found["y"]), number, int(found["d"])))


def _next_day(found: re.Match[str], today: date | None) -> Period | None:
    if today is None:
        return None
    number = int(found["m"]) if found["m"].isdecimal() else month_number(found["m"])
    leap_year = 2000
    if not 1 <= number <= 12 or not 1 <= int(found["d"]) <= month_end(leap_year, number).day:
        shown = f"{found['d']} {month_short(number)}" if 1 <= number <= 12 else found.group()
        raise DateProblem(f"{shown} is not a real date")
    for year in range(today.year, min(today.year + 9, LATEST)):
        if int(found["d"]) > month_end(year, number).day:
            continue
        if (day := date(year, number, int(found["d"]))) >= today:
            return day_period(day)
    return None


def _month(found: re.Match[str], _today: date | None) -> Period:
    month = found["m"]
    return month_period(_full_year(found["y"]), int(month) if month.isdecimal() else month_number(month))


def _next_month(found: re.Match[str], today: date | None) -> Period | None:
    if today is None:
        return None
    number = month_number(found["m"])
    return month_period(today.year + (number < today.month), number)


def _months(found: re.Match[str], today: date | None) -> Period | None:
    first, last = month_number(found["m"]), month_number(found["m2"])
    if found["y2"]:
        end_year = _full_year(found["y2"])
    elif today:
        end_year = today.year + (last < today.month)
    else:
        return None
    start_year = _full_year(found["y"]) if found["y"] else end_year - (first > last)
    start, due = month_period(start_year, first).start, month_period(end_year, last).due
    if start > due:
        raise DateProblem(f"{found.group()} ends before it begins")
    whole = quarter_period(start.year if start.month > 3 else start.year - 1, (start.month - 4) // 3 % 4 + 1)
    return whole if (whole.start, whole.due) == (start, due) else Period(Precision.MONTH, start, due)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "four": 4}


def _quarter(found: re.Match[str], today: date | None) -> Period | None:
    word = found["q"]
    quarter = _ORDINALS.get(word) or int(word[0])
    if found["y"]:
        return quarter_period(_financial_year(found["y"]), quarter)
    if today is None:
        return None
    year = today.year if today.month > 3 else today.year - 1
    this_year = quarter_period(year, quarter)
    return this_year if this_year.due >= today else quarter_period(year + 1, quarter)


def _financial_year(words: str) -> int:
    years = re.findall(r"[0-9]+", words)
    begins = _full_year(years[0])
    if len(years) == 2 and int(years[1]) % 100 != (begins + 1) % 100:
        raise DateProblem(f"{words} is not a financial year")
    return begins


def _year(found: re.Match[str], _today: date | None) -> Period:
    year = _full_year(found["y"])
    return Period(Precision.YEAR, date(year, 1, 1), date(year, 12, 31))


def _year_of_finance(found: re.Match[str], _today: date | None) -> Period | None:
    years = re.findall(r"[0-9]+", found["y"])
    if len(years) == 2 and int(years[1]) % 100 != (int(years[0]) + 1) % 100:
        return None
    year = _financial_year(found["y"])
    return Period(Precision.YEAR, date(year, 4, 1), date(year + 1, 3, 31))


_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_GAP = r"[ ,./-]{0,3}"
_TABLE: tuple[tuple[str, Reader], ...] = (
    (rf"{_DAY}(?: of)?{_GAP}(?P<m>{MONTH}){_GAP}(?P<y>{YEAR})", _dmy),
    (rf"(?P<m>{MONTH}) (?:the )?{_DAY},? (?P<y>[0-9]{{4}})", _dmy),
    (r"(?P<d>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4}|[0-9]{2})", _dmy),
    (r"(?P<y>[0-9]{4})[/-](?P<m>[0-9]{1,2})[/-](?P<d>[0-9]{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?", _dmy),
    (rf"{_DAY}(?: of)?[ -]?(?P<m>{MONTH})", _next_day),
    (r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})", _next_day),
    (rf"(?P<m>{MONTH}){_GAP}(?P<y>{YEAR})", _month),
    (r"(?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})", _month),
    (rf"(?P<m>{MONTH}) (?:the )?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)", _next_day),
    (rf"(?P<m>{MONTH})", _next_month),
    (rf"(?P<m>{MONTH})(?: ?(?P<y>{YEAR}))? ?(?:-|to|/) ?(?P<m2>{MONTH})(?: ?(?P<y2>{YEAR}))?", _months),
    (rf"(?:q|qtr|quarter) ?(?P<q>[1-4]|one|two|three|four)(?:,? (?:of )?(?P<y>{FINANCIAL_YEAR}))?", _quarter),
    (
        rf"(?P<q>[1-4](?:st|nd|rd|th)|first|second|third|fourth) quarter(?:,? (?:of )?(?P<y>{FINANCIAL_YEAR}))?",
        _quarter,
    ),
    (rf"(?P<y>{FINANCIAL_YEAR}),? (?:q|qtr|quarter) ?(?P<q>[1-4])", _quarter),
    (r"(?P<y>[0-9]{4})", _year),
    (rf"(?P<y>{FINANCIAL_YEAR})", _year_of_finance),
    (r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})", _month),
)
_PATTERNS = tuple((re.compile(pattern), reader) for pattern, reader in _TABLE)
