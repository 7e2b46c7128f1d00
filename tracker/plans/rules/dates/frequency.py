"""Words for how often something repeats, and the first turn they name; the later turns belong to recurrence."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.dates.periods import Period, read_period
from tracker.plans.rules.dates.words import TO_BE_CONFIRMED
from tracker.plans.rules.recurrence import month_end
from tracker.plans.rules.vocabulary import Precision


@dataclass(frozen=True)
class Frequency:
    """A step in months or in weeks, and the period of the first turn when the words name one."""

    every_months: int | None
    every_weeks: int | None
    first: Period | None


_COUNTING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_COUNTING, start=1)} | {"other": 2}
_COUNT = "(?P<{0}>[0-9]{{1,2}}|" + "|".join(_NUMBERS) + ")"
_STEPS: tuple[tuple[str, int, int], ...] = (
    # words, months, weeks; the longer words come first
    (r"(?:half[- ]yearly|six[- ]monthly|6[- ]monthly|bi-?annually|twice (?:a|each|every|per) year)", 6, 0),
    (r"(?:bi-?monthly)", 2, 0),
    (r"(?:fortnightly|(?:every|each) fortnight|bi-?weekly)", 0, 2),
    (r"(?:quarterly|(?:every|each|per) quarter)", 3, 0),
    (r"(?:monthly|(?:every|each|per) month)", 1, 0),
    (r"(?:weekly|(?:every|each|per) week)", 0, 1),
    (r"(?:annually|annual|yearly|(?:every|each|per) year)", 12, 0),
)
_COUNTED = (
    (re.compile(rf"\b(?:every {_COUNT.format('n')} months|{_COUNT.format('k')}[- ]monthly)\b"), True),
    (re.compile(rf"\b(?:every {_COUNT.format('n')} weeks|{_COUNT.format('k')}[- ]weekly)\b"), False),
)
_NAMED = tuple((re.compile(rf"\b{words}\b"), months, weeks) for words, months, weeks in _STEPS)
_GLUE = re.compile(
    r"(?:first|next|initial|reports?|reporting|reviews?|updates?|meetings?|start(?:s|ing)?|commencing|beginning|with|effect|"
    r"due|from|and|then|thereafter|after|that|a|an|on|at|basis|ongoing|in|to|be|by|the|of|is|will|-)"
)


def read_frequency(words: str, today: date | None) -> Frequency | None:
    """Return the step and first turn that tidied small-letter words name, or None when they name no step.

    All other words must be a date or belong to such phrases as "first report ... and then"; else it is no frequency.

    Raises:
        DateProblem: for a first turn that no calendar has.
    """
    step = _step(words)
    if step is None:
        return None
    months, weeks, rest = step
    outside = " ".join(_without_glue(rest))
    if not outside or TO_BE_CONFIRMED.fullmatch(outside):
        return Frequency(months, weeks, None)
    first = read_period(outside, today)
    if first is None and read_period(outside, date(2000, 1, 1)) is None:
        return None
    return Frequency(months, weeks, first)


def first_turn(frequency: Frequency, day: date) -> Period:
    """Return the first turn of a step that names none: the end of the period that a day falls in, or a week on.

    Quarters, half years and years are financial ones.
    """
    if frequency.every_weeks:
        turn = day + timedelta(weeks=frequency.every_weeks)
        return Period(Precision.DAY, turn, turn)
    step = frequency.every_months or 1
    since_april = (day.month - 4) % 12
    ahead = step - 1 - since_april % step
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    return Period(Precision.MONTH, date(year, month + 1, 1), month_end(year, month + 1))


def _step(words: str) -> tuple[int | None, int | None, str] | None:
    for pattern, in_months in _COUNTED:
        if found := pattern.search(words):
            count = found["n"] or found["k"]
            number = _NUMBERS.get(count) or int(count)
            if number:
                return (number, None, _cut(words, found)) if in_months else (None, number, _cut(words, found))
    for pattern, months, weeks in _NAMED:
        if found := pattern.search(words):
            return months or None, weeks or None, _cut(words, found)
    return None


def _cut(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _without_glue(rest: str) -> list[str]:
    words = rest.replace(",", " ").replace(":", " ").replace(";", " ").split()
    while words and _GLUE.fullmatch(words[0]):
        words.pop(0)
    while words and _GLUE.fullmatch(words[-1]):
        words.pop()
    return words
