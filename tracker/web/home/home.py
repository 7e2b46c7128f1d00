"""Pages: the way to one's own first page, what is said to somebody without a role, and the sign of life."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.web.access import current_person, public, signed_in
from tracker.web.home.blueprint import bp
from tracker.web.navigation import landing_endpoint
from tracker.web.to_answer import to_answer


@bp.get("/")
@signed_in("it leads everybody to the first page of their own role")
def home() -> ResponseReturnValue:
    """Go to the first page of the main role."""
    return redirect(url_for(landing_endpoint(current_person())))


@bp.get("/nothing-here")
@signed_in("it is for people whose roles have ended")
def nothing_here() -> ResponseReturnValue:
    """Say that there is no role yet, and whom to ask."""
    return render_template("home/nothing_here.html", waiting=to_answer())


@bp.get("/healthz")
@public("a monitor asks whether the service answers, and learns nothing else")
def healthz() -> ResponseReturnValue:
    """Say that the service answers; the database is not asked, so that a monitor cannot burden it."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
