"""Quick wins as rows with their final words, shared by the pages of an event and of one quick win."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import QuickWin
from tracker.audits.rules.other_words import WinState
from tracker.audits.rules.quick_wins import win_state
from tracker.core import clock
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.web.access import allowed
from tracker.web.templating import day


@dataclass(frozen=True)
class WinLine:
    """A quick win: whose it is, how it stands, and the action that it became part of, if its reader may open that."""

    words: str
    url: str
    owner: str
    due: str
    state: str
    is_late: bool
    outcome: str
    action: str
    action_url: str | None


def win_line(win: QuickWin, action: Action | None) -> WinLine:
    """Return a quick win as pages show it."""
    state = win_state(due_on=win.due_on, done_on=win.done_on, today=clock.today())
    may_read = action is not None and allowed(Permission.PLAN_READ, action)
    return WinLine(
        words=win.words,
        url=url_for("audits.quick_win_show", public_id=win.public_id),
        owner=win.owner.name,
        due=day(win.due_on),
        state=f"Done {day(win.done_on)}" if win.done_on else state.words,
        is_late=state is WinState.LATE,
        outcome=win.outcome,
        action=_named(action, may_read=may_read),
        action_url=url_for("plans.action_show", slug=action.plan.slug, ref=action.ref) if action and may_read else None,
    )


def _named(action: Action | None, *, may_read: bool) -> str:
    if action is None:
        return ""
    return f"{action.ref} {action.title}" if may_read else "An action of a plan that you cannot open"
