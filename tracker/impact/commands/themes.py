"""Linking themes to the actions meant to change them, and ending a link; each is a fact that stays."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.audits.models import Theme
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.impact.models import ThemeAction
from tracker.impact.queries import open_link
from tracker.impact.rules import LONGEST_REASON, Relation
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.rules import holds_on
from tracker.plans.models import Action
from tracker.plans.rules.states import GIVEN_UP


def link_theme(
    session: Session, theme: Theme, action: Action, *, relation: Relation, why: str, by: Person, on: date | None = None
) -> ThemeAction:
    """Say that an action is meant to change a theme, or watches it, with the reason, from a day on (domain A2, Link).

    Raises `Conflict` when such a link stands, and `Invalid` for a withdrawn action, a theme that is not in use that
    day, a day to come, or a reason that is missing or too long.
    """
    if not may(by, Permission.THEME_LINK, action):
        raise Forbidden(None, "You may not link themes to actions")
    day = on or clock.today()
    _check_why("why", why, "Say why this action is meant to change the theme")
    if day > clock.today():
        raise Invalid("set_on", "A link cannot begin in the future")
    if not holds_on(day, theme.starts_on, theme.ends_on):
        raise Invalid("theme", f"The theme “{theme.name}” is not in use")
    if action.state in GIVEN_UP:
        raise Invalid("action", f"{action.ref} is {action.state.words}")
    if open_link(session, theme, action) is not None:
        raise Conflict("action", f"{action.ref} is linked to this theme already")
    link = ThemeAction(
        theme_id=theme.id,
        action_id=action.id,
        relation=relation,
        why=why,
        set_on=day,
        set_by_id=by.id,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(link)
    session.flush()
    return link


def unlink_theme(session: Session, link: ThemeAction, *, why: str, by: Person, version: int) -> None:
    """End a link with the reason; what it was stays readable. The link comes with its action.

    Raises `Conflict` when it was ended or changed since the page was opened.
    """
    if not may(by, Permission.THEME_LINK, link.action):
        raise Forbidden(None, "You may not link themes to actions")
    if link.ended_on is not None or link.version != version:
        raise Conflict(None, "This link has changed since you opened the page")
    _check_why("why", why, "Say why the link ends")
    link.ended_on, link.ended_by_id, link.ended_why, link.changed_by = clock.today(), by.id, why, by.id
    session.flush()


def _check_why(field: str, why: str, missing: str) -> None:
    if not why:
        raise Invalid(field, missing)
    keep_to(field, why, what="The reason", most=LONGEST_REASON)
