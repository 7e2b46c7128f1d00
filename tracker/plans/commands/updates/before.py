"""What there was before an update is saved: the one that counts, and the one of the same form; nothing is changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.plans.models import Action, Update
from tracker.plans.rules.newer import Begun, Since, since, since_words
from tracker.plans.rules.states import UpdateState


def latest_update(session: Session, action: Action) -> Update | None:
    """Return the update that counts now."""
    query = select(Update).where(Update.action_id == action.id, Update.state == UpdateState.SUBMITTED)
    return session.scalar(query.order_by(Update.submitted_at.desc(), Update.id.desc()).limit(1))


def sent_before(session: Session, action: Action, form_token: str | None, *, by: Person) -> Update | None:
    """Return the update that the same form made when it was sent before, so that sending it twice saves one."""
    if not form_token:
        return None
    found = session.scalar(select(Update).where(Update.form_token == form_token))
    if found is not None and (found.action_id, found.author_id) != (action.id, by.id):
        raise Conflict(None, "This form was used for another update. Open the page again")
    return found


def refuse_newer(session: Session, action: Action, last: Update | None, after: int | None) -> None:
    """Raise `Conflict` when the update that a form was made from, 0 for none, is not the one that counts now.

    None asks nothing.
    """
    found = since(after, last.id if last is not None else 0) if after is not None else Since.UNCHANGED
    if found is Since.UNCHANGED:
        return
    who = session.get_one(Person, last.author_id).name if last is not None else ""
    raise Conflict(None, since_words(found, action.ref, Begun.FORM, who=who))
