"""Pages: the bodies that test or steer the plan, and the calendar of their meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Body, BodyMeeting
from tracker.people.policy import Permission
from tracker.people.rules import BodyKind, Cycle
from tracker.plans.commands.calendar import add_meeting
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, RecordField, answered, choices_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp


@dataclass(frozen=True)
class BodyRow:
    """A body as the list shows it."""

    name: str
    url: str
    series_url: str
    kind: str
    cycle: str
    reports_to: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the calendar; `held_url` is set when it may now be said to have been held."""

    day: date
    updates_close_at: datetime | None
    state: str
    held_url: str | None


class BodyForm(Form):
    """A new body."""

    name = StringField("Name of the body", [NotBlank("Enter the body's name"), AtMost(160, "Name of the body")])
    kind = FromList("Kind", choices=choices_of(BodyKind))
    cycle = FromList("How often it meets", choices=choices_of(Cycle), default=Cycle.QUARTERLY.value)
    reports_to = RecordField("Reports to")


class MeetingForm(Form):
    """A meeting to come, or one that was."""

    day = DayField("Day of the meeting", [NotBlank("Enter the day of the meeting")])
    updates_close_on = DayField("Day on which updates close, at 5pm")


@bp.route("/bodies", methods=["GET", "POST"])
@requires(Permission.BODY_MANAGE)
def body_index() -> ResponseReturnValue:
    """List the bodies, and add one."""
    bodies = queries.bodies(db_session())
    form = BodyForm()
    form.reports_to.offer(bodies, none="None of these")
    if form.validate_on_submit():
        with saving(form) as session:
            body = commands.make_body(
                session,
                name=answered(form.name.data),
                kind=BodyKind(answered(form.kind.data)),
                cycle=Cycle(answered(form.cycle.data)),
                reports_to=form.reports_to.chosen(bodies),
                by=current_person(),
            )
            return done(f"Body added: {body.name}", to="settings.body_show", body_id=body.id)
    rows = [_body_row(body) for body in queries.bodies(db_session())]
    return render_template("settings/body_index.html", bodies=rows, form=form), form.status


@bp.route("/bodies/<int:body_id>", methods=["GET", "POST"])
@requires(Permission.BODY_MANAGE, about=queries.body)
def body_show(body: Body) -> ResponseReturnValue:
    """Show a body's calendar, and add a meeting to it."""
    form = MeetingForm()
    if form.validate_on_submit():
        with saving(form) as session:
            meeting = add_meeting(
                session,
                body,
                day=answered(form.day.day),
                updates_close_at=queries.closing_of(form.updates_close_on.day) if form.updates_close_on.day else None,
                by=current_person(),
            )
            day = meeting.day.strftime("%-d %b %Y")
            return done(f"Meeting added: {day}", to="settings.body_show", body_id=body.id)
    return _page(body, form)


@bp.post("/meetings/<int:meeting_id>/held")
@requires(Permission.BODY_MANAGE, about=queries.meeting)
def meeting_held(meeting: BodyMeeting) -> ResponseReturnValue:
    """Say that a meeting was held."""
    form, body = Form(), meeting.body
    if form.validate_on_submit():
        with saving(form) as session:
            commands.record_held(session, meeting, by=current_person())
            day = meeting.day.strftime("%-d %b %Y")
            return done(f"Held: {body.name}, {day}", to="settings.body_show", body_id=body.id)
    return _page(body, form)


def _page(body: Body, form: Form) -> ResponseReturnValue:
    """Show a body as stored now, with the problems of the form that was pressed."""
    session = db_session()
    stored = queries.body(session, body.id) or body
    rows = [_meeting_row(meeting) for meeting in queries.meetings_of(session, stored)]
    new = form if isinstance(form, MeetingForm) else MeetingForm(formdata=None)
    template = "settings/body_show.html"
    return render_template(template, body=_body_row(stored), meetings=rows, form=form, new=new), form.status


def _body_row(body: Body) -> BodyRow:
    above = body.reports_to.name if body.reports_to else ""
    address = url_for("settings.body_show", body_id=body.id)
    series = url_for("settings.meeting_series", body_id=body.id)
    return BodyRow(body.name, address, series, body.kind.words, body.cycle.words, above)


def _meeting_row(meeting: BodyMeeting) -> MeetingRow:
    is_past = meeting.day <= clock.today()
    may_be_held = is_past and not meeting.is_held
    state = "Held" if meeting.is_held else ("Not recorded as held" if is_past else "Planned")
    address = url_for("settings.meeting_held", meeting_id=meeting.id) if may_be_held else None
    return MeetingRow(meeting.day, meeting.updates_close_at, state, address)
