"""Old addresses: where a number leads on to that means another action by now, or none; numbers are the plans'."""

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Action, Area, FormerNumber
from tracker.plans.queries.action import action_with_leads, number_of
from tracker.plans.queries.numbers import former_holder
from tracker.web.access import allowed, person_or_none
from tracker.web.held import HELD, wants_data
from tracker.web.saving import say, told
from tracker.web.templating import day

_LONGEST_ID = 10


def renumbered() -> ResponseReturnValue | None:
    """Lead a page that was not found on to the new number of what it was about, and say so there.

    None when the address holds no number, nobody had it, or the person may not read what had it. The way on is only for
    now (302): the number may be given to something else, and browsers keep a lasting one for good.
    """
    address = dict(request.view_args or {})
    number, slug = address.get("ref") or address.get("number"), address.get("slug")
    if request.method not in {"GET", "HEAD"} or not number or not slug or person_or_none() is None:
        return None
    found = former_holder(db_session(), str(slug), str(number), is_area="ref" not in address)
    holder = _holder(found) if found is not None else None
    if found is None or holder is None or not allowed(Permission.PLAN_READ, holder):
        return None
    new = holder.ref if isinstance(holder, Action) else str(holder.number)
    what = "" if isinstance(holder, Action) else "Area "
    return told(
        f"{what}{found.number} is now {new} since {day(found.until_on)}",
        to=request.endpoint or "",
        kind="info",
        **{**_kept(), **address, "ref" if "ref" in address else "number": new},
    )


def renumbered_meanwhile() -> ResponseReturnValue | None:
    """Take a form that was opened while its action had another number for that action, whoever has the number now.

    A form says which action it was written for, and that decides, not the number in its address: nothing is ever
    written to another action. One that comes back after its session has ended waits on a page of its own.
    """
    address = dict(request.view_args or {})
    slug, ref, action_id = address.get("slug"), address.get("ref"), _written_for()
    if not slug or not ref or action_id is None or person_or_none() is None:
        return None
    number = number_of(db_session(), slug, action_id)
    if number == ref:
        return None
    if request.method == "GET":
        return redirect(url_for("people.held_show", token=request.args[HELD]))
    if number is None or not allowed(Permission.PLAN_READ, action_with_leads(db_session(), action_id)):
        abort(409)
    request.view_args = {**address, "ref": number}
    if not wants_data():
        say(f"{ref} is now {number}. What you sent was for {number}")
    return None


def _written_for() -> int | None:
    """Return the id of the action that a form says it was written for, 0 for what is no id; None when it says none."""
    sent = request.form if request.method == "POST" else g.get("held_fields", {})
    said = sent.get("about_action")
    if said is None:
        return None
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _LONGEST_ID else 0


def _kept() -> dict[str, str]:
    """Return what links in mails and on pages ask of a page."""
    return {name: request.args[name] for name in ("rag", "since", "history") if name in request.args}


def _holder(found: FormerNumber) -> Action | Area | None:
    if found.action_id is not None:
        return action_with_leads(db_session(), found.action_id)
    return found.area


def init_app(app: Flask) -> None:
    """Look at every form for an action before its page does."""
    app.before_request(renumbered_meanwhile)
