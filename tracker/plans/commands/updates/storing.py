"""The row of an update: who said it, when and how it came; whether it may be said is asked before."""

from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import Person
from tracker.plans.commands.answers import Way, Words
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.models import Action, Update
from tracker.plans.queries.updaters import stands_in_for
from tracker.plans.queries.window import UpdateWindow
from tracker.plans.rules.states import DeclaredRag, MentionedIn


def store(
    session: Session,
    action: Action,
    declared: DeclaredRag,
    words: Words,
    way: Way,
    *,
    window: UpdateWindow,
    by: Person,
) -> Update:
    """Store an update; one written by who stands in for somebody away is marked with that name (ux 8.16)."""
    words = _fitting(declared, words)
    update = Update(
        action_id=action.id,
        author_id=by.id,
        submitted_at=clock.now(),
        effective_on=clock.today(),
        declared=declared,
        happened=words.happened,
        why=words.why,
        doing=words.doing,
        ask=words.ask,
        on_behalf_of=way.on_behalf_of or stands_in_for(session, action, by),
        came_by=way.came_by,
        is_after_close=window.is_closed_at(clock.now()),
        form_token=way.form_token,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(update)
    session.flush()
    said = (words.happened, words.why, words.doing, words.ask)
    note_mentions(session, action, MentionedIn.UPDATE, update.id, *said, by=by)
    return update


def _fitting(declared: DeclaredRag, words: Words) -> Words:
    """Drop why it is red and what is being done once it is not: the form hides both, filled in as they were."""
    return words if declared in {DeclaredRag.RED, DeclaredRag.AMBER} else replace(words, why="", doing="")
