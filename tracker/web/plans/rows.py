"""Actions as rows with their final words, for squares, tables and lists; how one stands is worked out elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.core.text import counted, shortened
from tracker.plans.queries.listing import due_step, is_not_updated
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.changes import Movement
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.strip import moved_words, strip_words
from tracker.plans.rules.wording import short_day
from tracker.web.plans.reading import Reading

_WORDS_SHOWN = 140
# An action that nobody has written about for so long is marked, whatever its colour (ux 5.5).
_QUIET_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Square:
    """One action in a row of squares."""

    ref: str
    code: str
    title: str
    url: str
    was: str | None
    way: str


@dataclass(frozen=True)
class Reference:
    """Another action, as a link."""

    ref: str
    title: str
    url: str
    code: str
    word: str


@dataclass(frozen=True)
class ActionRow:
    """An action in a table."""

    ref: str
    title: str
    url: str
    lead: str
    is_placeholder: bool
    code: str
    was: str | None
    way: str
    reasons: tuple[str, ...]
    marks: tuple[str, ...]
    done: str
    late: str
    rest: str
    updated_on: date | None
    quiet: str
    waits_for: tuple[Reference, ...]
    due: str
    area: str = ""
    overridden: str = ""
    moved: str = ""


def address_of(reading: Reading, ref: str) -> str:
    """Return the address of an action, made from the plan's: a page of all actions needs hundreds of them."""
    return f"{reading.home}/{ref}{reading.kept}"


def squares(actions: Iterable[Standing], reading: Reading) -> tuple[Square, ...]:
    """Return the actions that are rated as squares."""
    return tuple(
        Square(
            ref=action.row.ref,
            code=action.rag.value,
            title=action.row.title,
            url=address_of(reading, action.row.ref),
            was=was_code(action),
            way=way_of(action),
        )
        for action in actions
        if action.rag is not None
    )


def action_row(action: Standing, reading: Reading, *, area: str = "") -> ActionRow:
    """Return an action as its row."""
    is_closed = action.rag is not None and action.rag.is_closed
    words = strip_words(action.steps, reading.today, is_closed=is_closed)
    return ActionRow(
        ref=action.row.ref,
        title=action.row.title,
        url=address_of(reading, action.row.ref),
        lead=reading.lead(action),
        is_placeholder=action.row.kind.value == "placeholder",
        code=action.rag.value if action.rag else "",
        was=was_code(action),
        way=way_of(action),
        reasons=action.reasons if reading.with_names else action.rule_reasons,
        marks=tuple(step.mark(reading.today).value for step in action.steps),
        done=words.done,
        late=words.late,
        rest=words.rest,
        updated_on=action.last_update.effective_on if action.last_update else None,
        quiet="" if is_closed or action.rag is None else quiet_words(action, reading),
        waits_for=tuple(_reference(link, reading) for link in action.waits_for),
        due=due_words(action),
        area=area,
        overridden=overridden_words(action),
        moved=_moved(action),
    )


def overridden_words(action: Standing) -> str:
    """Return the mark of a rating that an approved override made better, with what the dates say and its last day."""
    outlook = action.outlook
    if outlook is None or outlook.override_until is None or not outlook.is_overridden_on(action.day):
        return ""
    by_dates = outlook.computed_on(action.day).word.lower()
    return f"Override until {short_day(outlook.override_until)}: {by_dates} by its dates"


def _reference(link: Any, reading: Reading) -> Reference:
    rag = reading.found.ratings.get(link.id)
    return Reference(
        ref=link.ref,
        title=link.title,
        url=address_of(reading, link.ref),
        code=rag.value if rag else "",
        word=rag.word if rag else "",
    )


def was_code(action: Standing) -> str | None:
    """Return the code on the day compared with, when it was another."""
    return action.was.value if action.was is not None and action.was is not action.rag else None


def way_of(action: Standing) -> str:
    """Return which way the action moved, nothing when it did not."""
    return "" if action.movement is Movement.UNCHANGED else action.movement.value


def due_words(action: Standing) -> str:
    """Return how the date is shown of the milestone that matters first."""
    step = due_step(action)
    return step.shown if step else ""


def _moved(action: Standing) -> str:
    """Say how far the milestone has moved that matters first."""
    step = due_step(action)
    return moved_words(step) if step else ""


def quiet_words(action: Standing, reading: Reading) -> str:
    """Say that an action has not been updated since the meeting compared with, or for too long (ux 5.5)."""
    if action.last_update is None:
        return "Not updated yet"
    days = reading.today - action.last_update.effective_on
    is_quiet = is_not_updated(action) or days >= _QUIET_FOR
    return f"Not updated for {counted(days.days, 'day')}" if is_quiet else ""


def lead_says(action: Standing, reading: Reading) -> str:
    """Return why an action is red or amber in the lead's own words, cut short; nothing when none were given."""
    update = action.last_update
    if not reading.with_names or update is None or update.declared not in {DeclaredRag.RED, DeclaredRag.AMBER}:
        return ""
    return shortened(update.why, _WORDS_SHOWN)


def rule_says(action: Standing) -> str:
    """Return the first reason that the rule gives for an action's colour, whatever its lead says."""
    return next(iter(action.rule_reasons), "")
