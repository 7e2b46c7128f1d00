"""How far auditors and moderators agree: rates and weighted kappa with their n; which pairs is not known here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import TARGET_DAYS
from tracker.audits.rules.vocabulary import Grade
from tracker.core.working_days import working_days_between

# From the best to the worst, so that a higher place is a harsher grade.
_PLACES: Mapping[AnswerValue | None, int] = {AnswerValue(grade.value): place for place, grade in enumerate(Grade)}


def weighted_kappa(pairs: Sequence[tuple[int, int]], categories: int) -> float | None:
    """Return Cohen's kappa of two raters with linear weights, 1 for complete agreement and 0 for that of chance.

    A pair holds the places that the first and the second gave one thing on an ordered scale of so many categories,
    counted from 0 or from 1. None when it is undefined: without a pair, on a scale of one, or when chance alone would
    have both say the same every time. Raises `ValueError` for a place outside the scale.
    """
    if any(not 0 <= place <= categories for pair in pairs for place in pair) or _spread(pairs) >= max(categories, 1):
        raise ValueError("A place lies outside the scale.")
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    seen = sum(abs(one - other) for one, other in pairs) * len(pairs)
    by_chance = sum(abs(one - other) * first[one] * second[other] for one in first for other in second)
    return 1 - seen / by_chance if by_chance else None


def _spread(pairs: Sequence[tuple[int, int]]) -> int:
    places = [place for pair in pairs for place in pair]
    return max(places) - min(places) if places else 0


@dataclass(frozen=True)
class Looked:
    """A grade that was looked at twice: the auditor's, the moderator's own before they compared, and what counts."""

    before: AnswerValue | None
    own: AnswerValue | None
    counted: AnswerValue | None


@dataclass(frozen=True)
class Agreement:
    """How `n` grades fared: kept, raised to a better one, lowered; kappa compares the `kappa_n` blind pairs."""

    n: int
    kept: int
    up: int
    down: int
    kappa: float | None
    kappa_n: int


def agreement_of(looked: Iterable[Looked]) -> Agreement:
    """Count kept, raised and lowered grades, and compare the two who graded blind.

    What is no grade before or after, as "not enough on file", stands in none of the numbers.
    """
    found = list(looked)
    moved = [_PLACES[one.counted] - _PLACES[one.before] for one in found if _both(one.before, one.counted)]
    blind = [(_PLACES[one.before], _PLACES[one.own]) for one in found if _both(one.before, one.own)]
    return Agreement(
        n=len(moved),
        kept=moved.count(0),
        up=sum(1 for step in moved if step < 0),
        down=sum(1 for step in moved if step > 0),
        kappa=weighted_kappa(blind, len(_PLACES)),
        kappa_n=len(blind),
    )


def _both(one: AnswerValue | None, other: AnswerValue | None) -> bool:
    return one in _PLACES and other in _PLACES


@dataclass(frozen=True)
class Pace:
    """Working days from sending to the outcome of `n` audits: the median, and how many kept to the target."""

    n: int
    median: float | None
    in_time: int


def pace_of(days: Iterable[tuple[date, date]]) -> Pace:
    """Return how long moderation took, from the day of sending to the day of the outcome, in working days."""
    took = [working_days_between(sent, decided) for sent, decided in days]
    return Pace(len(took), median(took) if took else None, sum(1 for one in took if one <= TARGET_DAYS))
