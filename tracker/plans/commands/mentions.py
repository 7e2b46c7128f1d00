"""Writing down which actions the numbers in somebody's words mean, when the words are saved (decision 0012)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.models import Action, Mention
from tracker.plans.rules.mentions import known_numbers, numbers_in
from tracker.plans.rules.states import MentionedIn

# More numbers than this in one text are a table of figures and no references.
_MOST = 20


def note_mentions(session: Session, action: Action, source: MentionedIn, record: int, *texts: str, by: Person) -> None:
    """Write down which other actions of the plan the numbers in some words mean; the words stay as they were typed.

    `record` is the id of what holds the words, in the history of `action`. Numbers that the plan does not have, and
    the action's own, are left.
    """
    numbers = list(dict.fromkeys(number for text in texts for number in numbers_in(text)))[:_MOST]
    if not numbers:
        return
    wanted = [number.casefold() for number in numbers]
    query = select(Action.ref, Action.id).where(Action.plan_id == action.plan_id, func.lower(Action.ref).in_(wanted))
    actions = {row.ref: row.id for row in session.execute(query.where(Action.id != action.id))}
    for number, meant_id in known_numbers(numbers, actions).items():
        session.add(
            Mention(
                action_id=action.id,
                source=source,
                record=record,
                number=number,
                meant_id=meant_id,
                created_by=by.id,
                changed_by=by.id,
            )
        )
    session.flush()


def forget_words(session: Session, sources: Collection[MentionedIn], records: Collection[int]) -> None:
    """Forget what numbers meant in words that are taken out whole: something else may get the id of what held them."""
    _forget(session, Mention.source.in_(sources) & Mention.record.in_(records))


def forget_action(session: Session, action: Action) -> None:
    """Forget what numbers meant in the words of an action that is taken out, and which words of others meant it."""
    _forget(session, or_(Mention.action_id == action.id, Mention.meant_id == action.id))


def _forget(session: Session, which: ColumnElement[bool]) -> None:
    for mention in session.scalars(select(Mention).where(which)).all():
        session.delete(mention)
    session.flush()
