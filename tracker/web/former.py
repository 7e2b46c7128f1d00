"""Old addresses: where a number that nobody has any more leads on to; what became of numbers is the plans'."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Action, Area, FormerNumber
from tracker.plans.queries.action import action_with_leads
from tracker.plans.queries.numbers import former_holder
from tracker.web.access import allowed, person_or_none
from tracker.web.saving import told
from tracker.web.templating import day


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


def _kept() -> dict[str, str]:
    """Return what links in mails and on pages ask of a page."""
    return {name: request.args[name] for name in ("rag", "since", "history") if name in request.args}


def _holder(found: FormerNumber) -> Action | Area | None:
    if found.action_id is not None:
        return action_with_leads(db_session(), found.action_id)
    return found.area
