"""The cards of a lead's own actions in their final words: the most pressing fact, the milestones, the buttons."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from tracker.core.text import counted
from tracker.plans.queries.mine import LastUpdate, MyAction, last_updates_of, steps_of
from tracker.plans.queries.window import UpdateWindow
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.strip import Step, moved_words, next_step
from tracker.web.chips import Chip
from tracker.web.plans.update_rows import no_change_words
from tracker.web.templating import closing_time, day

_SOON = timedelta(days=30)
_NAMES = {"due": "Due now", "all": "All my actions", "helping": "I am helping with", "completed": "Completed"}


@dataclass(frozen=True)
class Lists:
    """A lead's actions by the chips above them."""

    due: tuple[MyAction, ...]
    all: tuple[MyAction, ...]
    helping: tuple[MyAction, ...]
    completed: tuple[MyAction, ...]

    def name(self, asked: str) -> str:
        """Return the list that was asked for, the due ones for anything else."""
        return asked if asked in _NAMES else "due"

    def shown(self, asked: str) -> tuple[MyAction, ...]:
        """Return the actions of the list that was asked for."""
        return {"due": self.due, "all": self.all, "helping": self.helping, "completed": self.completed}[
            self.name(asked)
        ]


@dataclass(frozen=True)
class Card:
    """One action on its card."""

    ref: str
    title: str
    url: str
    code: str
    below: str
    late: str
    fact: str
    marks: tuple[str, ...]
    done: str
    update_url: str
    no_change: str
    no_change_url: str
    no_change_values: dict[str, str | int]
    why_not: str


@dataclass(frozen=True)
class Done:
    """What was updated for the next meeting: how many, and which."""

    count: int
    words: str


def chips(lists: Lists, asked: str) -> list[Chip]:
    """Return the links to the lists with how many each holds."""
    return [
        Chip(f"{label} ({len(lists.shown(name))})", url_for("plans.my_actions", show=name), lists.name(asked) == name)
        for name, label in _NAMES.items()
    ]


def cards(session: Session, actions: Sequence[MyAction], today: date) -> list[Card]:
    """Return the cards of some actions, in two queries for any number."""
    ids = [action.id for action in actions]
    steps, last = steps_of(session, ids), last_updates_of(session, ids)
    return [_card(action, steps.get(action.id, ()), last, today) for action in actions]


def done_for_meeting(lists: Lists, window: UpdateWindow) -> Done | None:
    """Return what was updated for this meeting, with until when it can be changed; nothing when there is none."""
    due = {action.id for action in lists.due}
    told = [f"{action.ref} {action.rag.word}" for action in lists.all if action.id not in due]
    if not told:
        return None
    until = f". You can change these until {closing_time(window.closes_at)}." if window.closes_at else ""
    return Done(len(told), " · ".join(told) + until)


def _card(action: MyAction, steps: Sequence[Step], last: Mapping[int, LastUpdate], today: date) -> Card:
    late, fact = _pressing(steps, today)
    update = last.get(action.id)
    may_repeat = not action.rag.is_closed and not why_not_repeat(
        action.ref,
        declared=update.declared if update is not None else None,
        state=action.state,
        rag=action.rag,
        is_overdue=bool(late),
    )
    said = f"last update {day(action.last_update_on)}" if action.last_update_on else "no update yet"
    said += f" · for {action.standing_in_for}, who is away" if action.standing_in_for else ""
    address: dict[str, Any] = {"slug": action.slug, "ref": action.ref}
    return Card(
        ref=action.ref,
        title=action.title,
        url=url_for("plans.action_show", **address),
        code=action.rag.value,
        below=f"{action.area} · {said}",
        late=late,
        fact=fact,
        marks=tuple(step.mark(today).value for step in steps),
        done=_done(steps),
        update_url="" if action.rag.is_closed else url_for("plans.action_update", **address),
        no_change=no_change_words(action.rag) if may_repeat else "",
        no_change_url=url_for("plans.action_no_change", **address),
        no_change_values={
            "about_action": action.id,
            "form_token": secrets.token_urlsafe(24),
            "after": update.id if update is not None else 0,
        },
        why_not="Red actions need a reason and a plan" if action.rag is Rag.RED else "",
    )


def _pressing(steps: Sequence[Step], today: date) -> tuple[str, str]:
    """Return the most pressing fact: how late something is, what is due next, or what lacks a date (ux 8.2)."""
    if not steps:
        return "", "No milestones yet."
    latest = max(steps, key=lambda step: step.days_late(today))
    if latest.days_late(today):
        late = f"Overdue {counted(latest.days_late(today), 'day')}:"
        return late, f"{latest.title} ({latest.shown}){_moved(latest)}"
    ahead = next_step(steps, today)
    undated = [step for step in steps if step.is_open and step.due is None]
    if ahead is not None and ahead.due is not None and (not undated or ahead.due <= today + _SOON):
        return "", f"{ahead.shown if ahead.repeats else f'Due {ahead.shown}'}: {ahead.title}{_moved(ahead)}"
    if undated:
        return "", f"{undated[0].shown}: {undated[0].title}"
    return "", "All milestones are done."


def _moved(step: Step) -> str:
    words = moved_words(step)
    return f". {words}" if words else ""


def _done(steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    return f"{sum(not step.is_open for step in steps)} of {counted(len(steps), 'milestone')} done"
