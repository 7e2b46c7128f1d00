"""Repeating the last update in one press, where nothing changed; when that may not be said is the checks'."""

from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.plans.commands.answers import Way, Words
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.update_checks import why_not_confirm
from tracker.plans.commands.updates.before import latest_update, refuse_newer, sent_before
from tracker.plans.commands.updates.settling import settle_with
from tracker.plans.commands.updates.storing import store
from tracker.plans.models import Action, Update
from tracker.plans.queries.window import update_window


def confirm_no_change(session: Session, action: Action, *, by: Person, way: Way, after: int | None = None) -> Update:
    """Record that nothing changed since the last update, repeating it; refused for red and overdue work (ux 8.7)."""
    again = sent_before(session, action, way.form_token, by=by)
    if again is not None:
        return again
    refuse_closed(session, action)
    last = latest_update(session, action)
    refuse_newer(session, action, last, after)
    refusal = why_not_confirm(session, action, last)
    if last is None or refusal is not None:
        raise Invalid(None, refusal or "")
    words = Words(happened=last.happened, why=last.why, doing=last.doing, ask=last.ask)
    update = store(session, action, last.declared, words, way, window=update_window(session), by=by)
    update.is_no_change = True
    settle_with(session, action, update, before=last, by=by)
    return update
