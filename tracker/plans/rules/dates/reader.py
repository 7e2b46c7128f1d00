"""The ways to read a date: a target date or one day typed by a person, who can be asked again, or printed in a plan."""

import re
from datetime import date
from functools import lru_cache

from tracker.plans.rules.dates.frequency import first_turn, read_frequency
from tracker.plans.rules.dates.periods import DateProblem, read_period
from tracker.plans.rules.dates.target import TargetDate, undated
from tracker.plans.rules.dates.waiting import read_waiting
from tracker.plans.rules.dates.words import TO_BE_CONFIRMED, YEAR, plain, tidy
from tracker.plans.rules.vocabulary import MilestoneKind, Precision

_LONGEST = 300
_ASK_DONE_ON = "Enter the day on which it was done, for example 15 Jan 2027"
_ASK = "Enter a date, a month, a quarter or TBC"
_HOW_OFTEN = 'How often will you report on it? For example "monthly" or "every quarter from Jun 2027"'
_SEASON = re.compile(
    rf"(?:(?:in|by|late|early|mid|end of|the) )*(?P<season>spring|summer|autumn|winter)"
    rf"(?: term)?(?:,? (?:of )?(?P<y>{YEAR}))?"
)
_ONGOING = re.compile(r"(?:on-?going|on going|continuous(?:ly)?|continuing)\b.*")
_EXAMPLES = {"spring": ("Apr", "Q1"), "summer": ("Jul", "Q2"), "autumn": ("Oct", "Q3"), "winter": ("Jan", "Q4")}
_NOTE_AFTER = re.compile(r"\s?\([^()]*\)$")


def read_target_date(text: str, *, today: date | None) -> TargetDate:
    """Return what a typed text means as a target date (domain A4, ux 6).

    With today None, as for an import, a month, quarter or day that lacks its year is no date.

    Raises:
        DateProblem: with the sentence to show beside the box, when it is no date, too broad or not a real day.
    """
    if len(text) > _LONGEST:
        raise DateProblem(_ASK)
    words = plain(text)
    if not words:
        raise DateProblem(_ASK)
    if TO_BE_CONFIRMED.fullmatch(_NOTE_AFTER.sub("", words)):
        return undated(text)
    found = _dated(text, words, today) or _recurring(text, words, today) or _waiting(text)
    if found:
        return found
    raise DateProblem(_refusal(text, words, today))


def read_day(text: str, *, today: date | None, ask: str) -> date:
    """Return the one calendar day that a typed text means; months, quarters and words without a day are none.

    With today None a day that lacks its year is none.

    Raises:
        DateProblem: with what is wrong with the day typed, or with `ask` when it is no single day.
    """
    words = plain(text) if len(text) <= _LONGEST else ""
    period = read_period(words, today) if words else None
    if period is None or period.precision is not Precision.DAY:
        raise DateProblem(ask)
    return period.due


def read_done_on(text: str, *, today: date) -> date:
    """Return the day on which something was done, today when nothing was typed; raises `DateProblem` as `read_day`."""
    return read_day(text, today=today, ask=_ASK_DONE_ON) if text else today


@lru_cache(maxsize=4096)
def read_cell_date(text: str, *, counted_from: date | None = None) -> TargetDate:
    """Return what a date printed in a plan means; what cannot be read is kept as text, undated.

    A step without a first day ("monthly") is counted from the day given, the plan's approval; without such a day it
    stays undated, since no date is made up.
    """
    try:
        found = read_target_date(text, today=None)
    except DateProblem:
        return undated(text)
    if found.kind is MilestoneKind.RECURRING and found.due is None:
        return _started(found, counted_from) if counted_from else undated(text)
    return found


def _dated(text: str, words: str, today: date | None) -> TargetDate | None:
    period = read_period(words, today)
    return TargetDate(MilestoneKind.DATED, period.precision, period.start, period.due, text) if period else None


def _recurring(text: str, words: str, today: date | None) -> TargetDate | None:
    frequency = read_frequency(words, today)
    if frequency is None:
        return None
    first = frequency.first
    target = TargetDate(
        MilestoneKind.RECURRING,
        first.precision if first else Precision.NONE,
        first.start if first else None,
        first.due if first else None,
        text,
        every_months=frequency.every_months,
        every_weeks=frequency.every_weeks,
    )
    return _started(target, today) if today and first is None else target


def _started(target: TargetDate, day: date) -> TargetDate:
    """Return a recurring date with its first turn counted from a day."""
    frequency = read_frequency(plain(target.text), None)
    if frequency is None:
        return target
    try:
        first = first_turn(frequency, day)
    except (ValueError, OverflowError) as cause:
        raise DateProblem(_ASK) from cause
    return TargetDate(
        target.kind, first.precision, first.start, first.due, target.text, target.every_months, target.every_weeks
    )


def _waiting(text: str) -> TargetDate | None:
    body = read_waiting(text)
    if body is None:
        return None
    return TargetDate(MilestoneKind.WAITING, Precision.NONE, None, None, text, waits_on=body)


def _refusal(text: str, words: str, today: date | None) -> str:
    if _ONGOING.fullmatch(words):
        return _HOW_OFTEN
    season = _SEASON.fullmatch(words)
    if season is None:
        return _ASK
    month, quarter = _EXAMPLES[season["season"]]
    year = season["y"] or (str(today.year) if today else "")
    full = f"20{year}" if len(year) == 2 else year
    shown = tidy(text).rstrip(" .,;:")
    return (
        f"{shown[:1].upper()}{shown[1:]} is too broad. Enter a month or a quarter, "
        f"for example {f'{month} {full}'.strip()} or {quarter}"
    )
