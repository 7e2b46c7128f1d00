"""Which earlier day a page compares with, and until which later day it looks; what changed is worked out elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.dates import DateProblem, read_day
from tracker.plans.rules.wording import day_in_words, short_day

LAST_MEETING, MEETING_BEFORE, START = "last-meeting", "meeting-before", "start"
_LOOK_AHEAD = timedelta(days=28)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One day that may be compared with; `key` stands in addresses."""

    key: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The day compared with and the other choices; `problem` says why the day asked for was not taken."""

    chosen: Choice
    choices: tuple[Choice, ...]
    typed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LookAhead:
    """The day until which a page looks, in words, and why the one asked for was not taken."""

    day: date
    words: str
    typed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AsAt:
    """The day as at which a report tells how things stood, and why the one asked for was not taken."""

    day: date
    typed: str = ""
    problem: str = ""


def is_day_to_compare(text: str) -> bool:
    """Say whether a text stands for a day in addresses: one of the usual ones but the default, or an ISO day."""
    if text in {MEETING_BEFORE, START}:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def compare_with(asked: str, *, approved_on: date, held: Sequence[date], today: date) -> Comparison:
    """Choose the day to compare with: the last meeting held unless a page asks otherwise, else the start (ux 7).

    `held` are the days of assurance meetings that were held; those before the plan was approved are no choice.
    """
    choices = _choices(approved_on, held, today)
    by_key = {choice.key: choice for choice in choices}
    default = choices[0]
    if not asked or asked in {LAST_MEETING, MEETING_BEFORE, START}:
        return Comparison(by_key.get(asked, default), choices)
    day, problem = _read_day(asked, today)
    if day is not None and day < approved_on:
        problem = f"Choose a day from {day_in_words(approved_on)}, when this plan was approved"
    elif day is not None and day > today:
        problem = "Choose today or an earlier day"
    if day is None or problem:
        return Comparison(default, choices, typed=_echo(asked), problem=problem)
    same = next((choice for choice in choices if choice.day == day), None)
    return Comparison(same or Choice(day.isoformat(), day, short_day(day)), choices, typed=short_day(day))


def look_until(asked: str, *, next_meeting: date | None, today: date) -> LookAhead:
    """Choose the day until which to look ahead: the next meeting, or 28 days when the calendar holds none."""
    usual = LookAhead(today + _LOOK_AHEAD, f"in the next {_LOOK_AHEAD.days} days")
    if next_meeting is not None:
        usual = LookAhead(next_meeting, f"by the next meeting, {short_day(next_meeting)}")
    if not asked:
        return usual
    day, problem = _read_day(asked, today)
    if day is not None and day <= today:
        problem = "Choose a day after today"
    if day is None or problem:
        return LookAhead(usual.day, usual.words, _echo(asked), problem)
    return LookAhead(day, f"by {short_day(day)}", short_day(day))


def as_at(asked: str, *, approved_on: date, today: date) -> AsAt:
    """Choose the day of a report: today, unless an earlier one from the plan's approval on is asked for (domain A0)."""
    if not asked:
        return AsAt(today)
    day, problem = _read_day(asked, today)
    if day is not None and day < approved_on:
        problem = f"Choose a day from {day_in_words(approved_on)}, when this plan was approved"
    elif day is not None and day > today:
        problem = "Choose today or an earlier day"
    return AsAt(today, _echo(asked), problem) if day is None or problem else AsAt(day, short_day(day))


def _choices(approved_on: date, held: Sequence[date], today: date) -> tuple[Choice, ...]:
    meetings = sorted({day for day in held if approved_on <= day <= today}, reverse=True)[:2]
    named = zip((LAST_MEETING, MEETING_BEFORE), ("last meeting", "the meeting before"), meetings, strict=False)
    start = Choice(START, approved_on, f"plan start, {short_day(approved_on)}")
    return (*(Choice(key, day, f"{words}, {short_day(day)}") for key, words, day in named), start)


def _echo(text: str) -> str:
    """Return what was typed as it may stand in the box again."""
    return "".join(letter for letter in text if letter.isprintable())[:_LONGEST]


def _read_day(text: str, today: date) -> tuple[date | None, str]:
    """Read a typed day; a month, a quarter or words are none."""
    wanted = "Enter a day, for example 27 August 2026"
    if len(text) > _LONGEST:
        return None, wanted
    try:
        return read_day(text, today=today, ask=wanted), ""
    except DateProblem as problem:
        return None, str(problem)
