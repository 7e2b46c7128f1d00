"""Making a quick win of an event part of an action of a plan; the quick win itself stays with its owner and day."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import QuickWin
from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.impact.models import QuickWinAction
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.models import Action
from tracker.plans.rules.states import GIVEN_UP


def link_quick_win(session: Session, win: QuickWin, action: Action, *, by: Person) -> QuickWinAction:
    """Say that a quick win is part of an action from today on.

    Raises `Forbidden` to whoever may not, `Invalid` for an action that was given up, and `Conflict` when the quick win
    is part of an action already.
    """
    if not may(by, Permission.QUICK_WIN_LINK, win):
        raise Forbidden(None, "You may not make a quick win part of an action")
    if action.state in GIVEN_UP:
        raise Invalid("action", f"{action.ref} is {action.state.words}")
    if session.scalar(select(QuickWinAction.id).where(QuickWinAction.quick_win_id == win.id)):
        raise Conflict(None, "This quick win is part of an action already")
    link = QuickWinAction(
        quick_win_id=win.id,
        action_id=action.id,
        set_on=clock.today(),
        set_by_id=by.id,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(link)
    session.flush()
    return link
