"""What the palette offers to do: write an update, print a plan, go to a page of one's own menu."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from tracker.core.search import read_words
from tracker.core.text import shortened
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.models import Action
from tracker.plans.queries.jump import newest_plans
from tracker.web.navigation import navigation_for

_MOST = 8
_PLANS = 5
_TITLE = 80


@dataclass(frozen=True)
class Command:
    """Something to do: its words and the page where it is done."""

    words: str
    url: str


def commands_for(person: Person, typed: str, actions: Sequence[Action]) -> list[Command]:
    """Return what may be done with the actions of a typed number, then what the typed words name; all for none."""
    sought = read_words(typed).words
    named = [command for command in _named(person) if _names(command, sought)] if not actions else []
    return [*_updates(person, actions), *named][:_MOST]


def _updates(person: Person, actions: Sequence[Action]) -> Iterator[Command]:
    for action in actions:
        if may(person, Permission.ACTION_UPDATE, action):
            words = f"Update {action.ref}: {shortened(action.title, _TITLE)}"
            yield Command(words, url_for("plans.action_update", slug=action.plan.slug, ref=action.ref))


def _named(person: Person) -> Iterator[Command]:
    if may(person, Permission.ACTION_MINE):
        yield Command("Update the next of my actions that is due", url_for("plans.my_actions_run"))
    for item in navigation_for(person):
        yield Command(f"Go to {item.label}", item.url)
    for plan in newest_plans(db_session(), person, limit=_PLANS):
        yield Command(f"Print {shortened(plan.title, _TITLE)}", url_for("plans.plan_print", slug=plan.slug))


def _names(command: Command, sought: Sequence[str]) -> bool:
    """Say whether each typed word begins a word of the command."""
    words = read_words(command.words).words
    return all(any(word.startswith(begun) for word in words) for begun in sought)
