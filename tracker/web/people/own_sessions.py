"""Pages: the browsers in which one is signed in, and ending them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, current_app
from flask.typing import ResponseReturnValue

from tracker.config import Settings
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.web import sessions
from tracker.web.access import current_person, signed_in
from tracker.web.forms import Form
from tracker.web.people.blueprint import bp
from tracker.web.saving import done, saving, told

_WHY = "everybody may end their own sessions"


@dataclass(frozen=True)
class SessionRow:
    """One browser, as its person may know it again; `id` is None for the one that shows the page."""

    browser: str
    network: str
    began_at: datetime
    seen_at: datetime
    id: int | None


def session_rows(person: Person) -> list[SessionRow]:
    """Return the sessions of a person that still hold, the one here first."""
    settings: Settings = current_app.config["SETTINGS"]
    now, here = clock.now(), sessions.here()
    found = queries.sessions_of(
        db_session(),
        person,
        since=now - timedelta(hours=settings.session_hours),
        # Being seen is written a minute late at most.
        idle_since=now - timedelta(minutes=settings.idle_minutes + 1),
    )
    rows = [
        SessionRow(one.browser, one.network, one.began_at, one.seen_at, None if here and one.id == here.id else one.id)
        for one in found
    ]
    return sorted(rows, key=lambda row: row.id is not None)


@bp.post("/my/sessions/<int:session_id>/end")
@signed_in(_WHY)
def session_end(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions; nobody else's is there to end."""
    form, person = Form(), current_person()
    found = queries.own_session(db_session(), person, session_id)
    if found is None:
        abort(404)
    if found.ended_at is None and form.validate_on_submit():
        with saving(form) as session:
            commands.end_session(session, found, by=person)
            return done(f"Signed out: {found.browser}", to="people.my_settings")
    return told("That session has ended already", kind="info", to="people.my_settings")


@bp.post("/my/sessions/end-others")
@signed_in(_WHY)
def sessions_end_others() -> ResponseReturnValue:
    """End all of one's own sessions but the one here."""
    form, person = Form(), current_person()
    if form.validate_on_submit():
        with saving(form) as session:
            number = commands.end_other_sessions(session, person, key_hash=sessions.key_hash())
            return done(f"Signed out of {counted(number, 'other browser')}", to="people.my_settings")
    return told("Nothing was ended", kind="info", to="people.my_settings")
