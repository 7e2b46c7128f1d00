"""Pages: putting several meetings of a body in the calendar at once, by its cycle, after a look at the days."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.core.working_days import is_working_day, working_days_before
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.models import Body
from tracker.people.policy import Permission
from tracker.people.rules import MOST_MEETINGS, Cycle, days_by_cycle
from tracker.plans.commands.calendar import add_meetings
from tracker.web.access import current_person, requires
from tracker.web.forms import DayField, Form, FromList, NotBlank, WholeField, answered, choices_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp


@dataclass(frozen=True)
class PlannedRow:
    """A day as it would stand in the calendar, with what speaks against it."""

    day: date
    closes_at: datetime | None
    note: str


class SeriesForm(Form):
    """The first meeting, how often and how many, and when updates close before each."""

    first = DayField("First meeting", [NotBlank("Enter the first day")])
    cycle = FromList("How often", choices=choices_of(cycle for cycle in Cycle if cycle is not Cycle.CUSTOM))
    number = WholeField("How many meetings", least=1, most=MOST_MEETINGS, default="4")
    closes_before = WholeField("Updates close so many working days before, at 5pm", least=0, most=20, default="3")


@bp.route("/bodies/<int:body_id>/meetings", methods=["GET", "POST"])
@requires(Permission.BODY_MANAGE, about=queries.body)
def meeting_series(body: Body) -> ResponseReturnValue:
    """Show the days that follow from the cycle, then put them in the calendar."""
    form = SeriesForm(data={"cycle": body.cycle.value})
    rows: list[PlannedRow] = []
    if form.validate_on_submit():
        days = days_by_cycle(answered(form.first.day), Cycle(answered(form.cycle.data)), answered(form.number.number))
        if "confirm" in request.form:
            with saving(form) as session:
                made = add_meetings(
                    session, body, days=days, closing=lambda day: _closing(form, day), by=current_person()
                )
                title = f"{counted(len(made), 'meeting')} of {body.name} added"
                return done(title, to="settings.body_show", body_id=body.id)
        known = {meeting.day for meeting in queries.meetings_of(db_session(), body)}
        rows = [PlannedRow(day, _closing(form, day), _note(day, known)) for day in days]
    stored = queries.body(db_session(), body.id) or body
    return render_template("settings/meeting_series.html", body=stored, form=form, rows=rows), form.status


def _closing(form: SeriesForm, day: date) -> datetime:
    return queries.closing_of(working_days_before(day, answered(form.closes_before.number)))


def _note(day: date, known: set[date]) -> str:
    if day in known:
        return "In the calendar already, left as it is"
    return "" if is_working_day(day) else "No working day"
