"""The list of what waits for a decision of the assurance body or the programme office; deciding has its own pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import shortened
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.queries.open_decisions import OpenDecision, open_decisions
from tracker.web.access import current_person, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp

_LONGEST = 160


@dataclass(frozen=True)
class Row:
    """One decision, with the page on which it is taken."""

    ref: str
    title: str
    plan: str
    what: str
    because: str
    asked_on: date
    who: str
    url: str


@bp.get("/decisions/open")
@requires(Permission.OVERRIDE_DECIDE)
def decision_index() -> ResponseReturnValue:
    """List the dates and overrides that the person may decide on, those first that have waited longest."""
    found = open_decisions(db_session(), current_person())
    part = page_of(len(found), lambda number: url_for("plans.decision_index", page=number))
    return render_template("plans/decision_index.html", rows=[_row(one) for one in found[part.rows]], part=part)


def _row(one: OpenDecision) -> Row:
    address: dict[str, Any] = {"slug": one.slug, "ref": one.ref}
    address |= {"override_id": one.id} if one.is_override else {"change_id": one.id}
    return Row(
        ref=one.ref,
        title=shortened(one.title, _LONGEST),
        plan=one.plan,
        what=one.what,
        because=one.because,
        asked_on=one.asked_on,
        who="Assurance body" if one.needs_body else "Programme office or assurance body",
        url=url_for("plans.override_decide" if one.is_override else "plans.date_decide", **address),
    )
