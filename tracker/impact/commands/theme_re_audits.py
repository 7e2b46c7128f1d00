"""Saying for which action a theme is audited again; planning the audits is theirs."""

from sqlalchemy.orm import Session

from tracker.audits.models import ThemeReAudit
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.impact.models import ThemeAction, ThemeReAuditAction
from tracker.people.models import Person
from tracker.plans.rules.states import GIVEN_UP


def link_theme_re_audit(
    session: Session, planned: ThemeReAudit, link: ThemeAction, *, by: Person
) -> ThemeReAuditAction:
    """Say that a theme is audited again to see what came of an action that is linked to it.

    The link comes with its action. Raises `Invalid` for a link to another theme or one that ended, and for an action
    that was given up.
    """
    if link.theme_id != planned.theme_id or link.ended_on is not None:
        raise Invalid("action", "Choose an action that is linked to this theme")
    if link.action.state in GIVEN_UP:
        raise Invalid("action", f"{link.action.ref} is {link.action.state.words}")
    made = ThemeReAuditAction(
        re_audit_id=planned.id,
        action_id=link.action_id,
        set_on=clock.today(),
        set_by_id=by.id,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(made)
    session.flush()
    return made
