"""The pages of a delivery lead: which updates are due, all their actions, and going through them one by one."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.queries import mine as queries
from tracker.plans.queries.mine import MyAction
from tracker.plans.queries.window import UpdateWindow, update_window
from tracker.web.access import current_person, requires
from tracker.web.own_wins import own_wins
from tracker.web.paging import page_of
from tracker.web.plans.action_page import due_now, is_due
from tracker.web.plans.blueprint import bp
from tracker.web.plans.my_cards import Lists, cards, chips, done_for_meeting
from tracker.web.templating import closing_time, day, long_day
from tracker.web.to_answer import to_answer

_SECONDS_EACH = 90


@bp.get("/my/actions")
@requires(Permission.ACTION_MINE)
def my_actions() -> ResponseReturnValue:
    """Show what is due first, with one press for what has not changed."""
    session, person = db_session(), current_person()
    window, today = update_window(session), clock.today()
    mine = queries.my_actions(session, person)
    lists = _lists(mine, window)
    g.navigation_counts = {"plans.my_actions": len(lists.due)}
    shown = request.args.get("show", "due")
    chosen = lists.shown(shown)
    part = page_of(len(chosen), lambda number: url_for("plans.my_actions", show=shown, page=number))
    return render_template(
        "plans/my_actions.html",
        title=_greeting(person, len(lists.due)),
        lede=_lede(window),
        closes=closing_time(window.closes_at) if window.next_day else "",
        is_closed=window.is_closed_at(clock.now()),
        minutes=f"About {counted(max(1, len(lists.due) * _SECONDS_EACH // 60), 'minute')}" if lists.due else "",
        chips=chips(lists, shown),
        cards=cards(session, chosen[part.rows], today),
        part=part,
        is_due_list=lists.name(shown) == "due",
        done=done_for_meeting(lists, window),
        empty=_empty(mine, window),
        waiting=to_answer(),
        own_wins=own_wins(),
    )


@bp.get("/my/actions/run")
@requires(Permission.ACTION_MINE)
def my_actions_run() -> ResponseReturnValue:
    """Go to the next action for which an update is due; what was skipped so far is left out."""
    session = db_session()
    due = due_now(session, current_person(), update_window(session))
    skipped, saved = (_count(request.args.get(name, "")) for name in ("skipped", "saved"))
    if skipped >= len(due):
        return redirect(url_for("plans.my_actions"))
    following = due[skipped]
    place: dict[str, Any] = {"slug": following.slug, "ref": following.ref}
    return redirect(url_for("plans.action_update", **place, skipped=skipped, saved=saved))


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _lists(mine: list[MyAction], window: UpdateWindow) -> Lists:
    is_open = [action for action in mine if not action.rag.is_closed]
    leading = [action for action in is_open if action.is_lead]
    return Lists(
        due=tuple(action for action in leading if is_due(action, window)),
        all=tuple(leading),
        helping=tuple(action for action in is_open if not action.is_lead),
        completed=tuple(action for action in mine if action.rag.is_closed),
    )


def _greeting(person: Person, due: int) -> str:
    """Greet by the hour in England, and say how much is due (ux 8.2)."""
    hour = clock.now().astimezone(clock.LONDON).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    what = f"{counted(due, 'update')} {'is' if due == 1 else 'are'} due" if due else "Nothing is due"
    return f"Good {part} {person.first_name}. {what}"


def _lede(window: UpdateWindow) -> str:
    return f"For the assurance meeting on {long_day(window.next_day)}." if window.next_day else ""


def _empty(mine: list[MyAction], window: UpdateWindow) -> str:
    if not mine:
        return "You do not lead any actions yet. If you should, tell the programme office."
    if window.next_day is not None:
        return f"Nothing is due. Your next update is due after the meeting on {day(window.next_day)}."
    return "Nothing is due."
