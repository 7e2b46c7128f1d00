"""Which date belongs to which milestone of an action (domain A4.5); leads and references are read elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.dates import TargetDate, read_cell_date, split_dates
from tracker.plans.rules.dates.target import undated
from tracker.plans.rules.reading.cells import cell_items, cell_text, trimmed, whole_items
from tracker.plans.rules.reading.results import WarningCode
from tracker.plans.rules.reading.splitting import split_prose
from tracker.plans.rules.reading.table import is_to_be_confirmed
from tracker.plans.rules.vocabulary import MilestoneKind
from tracker.plans.rules.wording import day_in_words

Doubt = tuple[WarningCode, str]


@dataclass(frozen=True)
class Pairing:
    """Milestone titles with their dates in order, and the doubts that pairing them left."""

    steps: tuple[tuple[str, TargetDate], ...]
    doubts: tuple[Doubt, ...]


def pair(milestones: str, target: str, *, approved_on: date | None) -> Pairing:
    """Pair the milestones of one cell with the dates of another.

    As many dates as milestones go in order; one goes to each; of fewer the rest stay undated; more are kept as text.
    A cell of TBC only holds no milestone.
    """
    titles = () if is_to_be_confirmed(milestones) else whole_items(cell_items(milestones))
    dates = tuple(read_cell_date(text, counted_from=approved_on) for text in _date_texts(target))
    doubts: list[Doubt] = []
    if len(titles) == 1 < len(dates):
        divided = split_prose(titles[0], len(dates))
        if divided:
            titles = tuple(map(trimmed, divided))
            words = f"The milestones are printed without marks. We read {_count(len(titles), 'milestone')}: "
            doubts.append((WarningCode.SPLIT_GUESS, words + "; ".join(_quoted(title) for title in titles)))
    given, doubt = _given(dates, titles, cell_text(target))
    steps = tuple(zip(titles, given, strict=True))
    doubts.extend(doubt or _without_date(steps, cell_text(target)))
    doubts.extend(_in_words(steps, approved_on))
    return Pairing(steps, tuple(doubts))


def _date_texts(target: str) -> tuple[str, ...]:
    texts: list[str] = []
    for item in cell_items(target):
        text = trimmed(item.text, stop=False)
        texts.extend(split_dates(text) if text else ())
    return tuple(texts)


def _given(
    dates: tuple[TargetDate, ...], titles: tuple[str, ...], cell: str
) -> tuple[tuple[TargetDate, ...], tuple[Doubt, ...]]:
    have, need = len(dates), len(titles)
    if have == need:
        return dates, ()
    if have > need:
        return (undated(cell),) * need, _too_many(dates, need, cell)
    if have == 0 or (have > 1 and all(is_to_be_confirmed(found.text) for found in dates)):
        return (dates or (undated(cell),))[:1] * need, ()
    if have == 1:
        said = f"One date, {_quoted(cell)}, stands beside {need} milestones. It was given to each"
        is_date = dates[0].kind in (MilestoneKind.DATED, MilestoneKind.RECURRING)
        return dates * need, ((WarningCode.ONE_DATE_FOR_SEVERAL, said),) if is_date else ()
    left = ", ".join(_quoted(title) for title in titles[have:])
    said = f"{have} dates stand beside {need} milestones. They were given in order; without a date: {left}"
    return dates + (undated(""),) * (need - have), ((WarningCode.FEWER_DATES, said),)


def _too_many(dates: tuple[TargetDate, ...], need: int, cell: str) -> tuple[Doubt, ...]:
    """Return the doubt about dates that no milestone takes; several TBCs, or none to hold one, leave no such doubt."""
    if all(is_to_be_confirmed(found.text) for found in dates):
        return ()
    beside = _count(need, "milestone") if need else "no milestone"
    return ((WarningCode.MORE_DATES, f"{_quoted(cell)} stands beside {beside}. It was kept as text, not as a date"),)


def _without_date(steps: tuple[tuple[str, TargetDate], ...], cell: str) -> Iterator[Doubt]:
    titles = [title for title, found in steps if found.kind is MilestoneKind.UNDATED]
    if titles:
        yield WarningCode.UNDATED, _undated_words(titles, len(steps), cell)
    elif not steps:
        yield WarningCode.UNDATED, _no_milestone(cell)


def _in_words(steps: tuple[tuple[str, TargetDate], ...], approved_on: date | None) -> Iterator[Doubt]:
    yield from _waiting_and_recurring(steps)
    for title, found in steps:
        if approved_on and found.due and found.due < approved_on:
            words = f"{_quoted(title)} was due by {day_in_words(found.due)}, before the plan was approved. Is it done?"
            yield WarningCode.PAST_DATE, words


def _waiting_and_recurring(steps: tuple[tuple[str, TargetDate], ...]) -> Iterator[Doubt]:
    for body in dict.fromkeys(found.waits_on for _, found in steps if found.kind is MilestoneKind.WAITING):
        count = sum(found.waits_on == body for _, found in steps)
        verb = "waits" if count == 1 else "wait"
        yield WarningCode.WAITING, f"{_count(count, 'milestone')} {verb} for {body} to set a date"
    for title, found in steps:
        if found.kind is MilestoneKind.RECURRING and found.due:
            often = found.shown().partition(",")[0].lower()
            first = day_in_words(found.due)
            yield WarningCode.RECURRING, f"{_quoted(title)} was read as {often}, first due by {first}"


def _no_milestone(cell: str) -> str:
    return (
        f"No milestone is printed, and the date says {_quoted(cell)}" if cell else "No milestone and no date is printed"
    )


def _undated_words(titles: list[str], of: int, cell: str) -> str:
    named = ", ".join(_quoted(title) for title in titles)
    have = "has" if len(titles) == 1 else "have"
    beside = f" The date cell says {_quoted(cell)}" if cell else " The date cell is empty"
    return f"{len(titles)} of {_count(of, 'milestone')} {have} no date: {named}.{beside}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _quoted(text: str) -> str:
    return f"“{text}”"
