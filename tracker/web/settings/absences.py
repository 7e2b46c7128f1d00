"""Pages: who is away, and who writes their updates until when."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Deputy
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.forms import DayField, Form, NotBlank, RecordField, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.lead_page import NOBODY


@dataclass(frozen=True)
class AbsenceRow:
    """Who covers whom, in a sentence, with its days."""

    words: str
    since: date
    until: date
    state: str
    end_url: str


class AbsenceForm(Form):
    """Who is away, who writes the updates, and in which days."""

    person = RecordField("Who is away", [NotBlank(NOBODY)])
    deputy = RecordField("Who writes their updates", [NotBlank(NOBODY)])
    starts_on = DayField("First day", [NotBlank("Enter the first day")])
    ends_on = DayField("Last day", [NotBlank("Enter the last day")])


@bp.route("/absences", methods=["GET", "POST"])
@requires(Permission.PARTY_MANAGE)
def absence_index() -> ResponseReturnValue:
    """List who covers whom, now and to come, and add somebody."""
    people = queries.active_people(db_session())
    form = AbsenceForm(data={"starts_on": clock.today()})
    for field in (form.person, form.deputy):
        field.offer(people, none="Choose a person")
    if form.validate_on_submit():
        person, deputy = answered(form.person.chosen(people)), answered(form.deputy.chosen(people))
        with saving(form) as session:
            commands.stand_in(
                session,
                person,
                deputy=answered(queries.person(session, deputy.id)),
                starts_on=answered(form.starts_on.day),
                ends_on=answered(form.ends_on.day),
                by=current_person(),
            )
            words = f"{deputy.name} covers {person.name} until {form.ends_on.day:%-d %B %Y}"
            return done(words, to="settings.absence_index")
    return _page(form, form)


@bp.post("/absences/<int:absence_id>/end")
@requires(Permission.PARTY_MANAGE, about=queries.absence)
def absence_end(absence: Deputy) -> ResponseReturnValue:
    """End it at once."""
    form = Form()
    if form.validate_on_submit():
        with saving(form) as session:
            words = f"{absence.deputy.name} no longer covers {absence.person.name}"
            commands.end_standing_in(session, absence, by=current_person())
            return done(words, to="settings.absence_index")
    new = AbsenceForm(formdata=None)
    for field in (new.person, new.deputy):
        field.offer(queries.active_people(db_session()), none="Choose a person")
    return _page(form, new)


def _page(pressed: Form, new: AbsenceForm) -> ResponseReturnValue:
    today = clock.today()
    rows = [_row(absence, today) for absence in queries.absences(db_session(), since=today)]
    return render_template("settings/absence_index.html", rows=rows, form=pressed, new=new), pressed.status


def _row(absence: Deputy, today: date) -> AbsenceRow:
    return AbsenceRow(
        words=f"{absence.deputy.name} covers {absence.person.name}",
        since=absence.starts_on,
        until=absence.ends_on,
        state="Now" if absence.starts_on <= today else "To come",
        end_url=url_for("settings.absence_end", absence_id=absence.id),
    )
