"""Pages: the first steps of a new installation, one question a page, each of which may be skipped (ux 8.17)."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import EmailField, StringField

from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.people.rules import LONGEST_EMAIL, BodyKind, Cycle, InvitationKind, Role
from tracker.plans.commands.calendar import add_meeting
from tracker.plans.queries.first_run import first_run_checklist
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, answered, choices_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.linking import link_for, links_page
from tracker.web.settings.organisation import told

_STEPS = {2: "first_organisation", 3: "first_office", 4: "first_plan", 5: "first_meeting"}


@dataclass(frozen=True)
class ChecklistRow:
    """A step as the checklist shows it; `url` is None for what is done elsewhere."""

    label: str
    is_done: bool
    url: str | None


class NameForm(Form):
    """The organisation's name and colour."""

    name = StringField("Name of the organisation", [NotBlank("Enter the organisation's name"), AtMost(120, "Name")])
    colour = StringField("Colour of the pages", [AtMost(20, "Colour")])


class OfficeForm(Form):
    """The first person of the programme office."""

    name = StringField("Name", [NotBlank("Enter a name"), AtMost(120, "Name")])
    email = EmailField("E-mail address", [NotBlank("Enter an e-mail address"), AtMost(LONGEST_EMAIL, "E-mail address")])


class FirstMeetingForm(Form):
    """The body that tests the plan, and when it meets next."""

    name = StringField("Name of the meeting", [NotBlank("Enter the meeting's name"), AtMost(160, "Name")])
    cycle = FromList("How often it meets", choices=choices_of(Cycle), default=Cycle.QUARTERLY.value)
    day = DayField("Next meeting", [NotBlank("Enter the day of the next meeting")])


@bp.get("/first-run")
@requires(Permission.ORGANISATION_MANAGE)
def first_run() -> ResponseReturnValue:
    """Show what is done and what is to do."""
    steps = first_run_checklist(db_session())
    rows = [
        ChecklistRow(step.label, step.is_done, _url(step.number) if step.number in _STEPS else None) for step in steps
    ]
    return render_template("settings/first_run.html", rows=rows)


@bp.route("/first-run/organisation", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def first_organisation() -> ResponseReturnValue:
    """Ask for the organisation's name and colour."""
    ours = queries.organisation(db_session())
    form = NameForm(data={"name": ours.name, "colour": ours.colour} if ours else {})
    if form.validate_on_submit():
        with saving(form) as session:
            contact = ours.urgent_contact if ours else ""
            made = commands.set_organisation(
                session, name=answered(form.name.data), urgent_contact=contact, by=current_person()
            )
            contrast = commands.set_colour(session, made, colour=form.colour.data or "", by=current_person())
            return done(f"Saved: {made.name}", to="settings.first_office", text=told(contrast))
    return _page(2, form)


@bp.route("/first-run/office", methods=["GET", "POST"])
@requires(Permission.PERSON_MANAGE)
def first_office() -> ResponseReturnValue:
    """Ask whom to invite to the programme office, and show the link once."""
    form = OfficeForm()
    if form.validate_on_submit():
        link = None
        with saving(form) as session:
            person = _invited(session, form, by=current_person())
            code = commands.invite(session, person, kind=InvitationKind.INVITATION, by=current_person())
            link = link_for(person.name, person.email, code)
        if link and not form.problems:
            return links_page(f"Invitation for {link.name}", [link], to=_url(4))
    return _page(3, form)


def _invited(session: Session, form: OfficeForm, *, by: Person) -> Person:
    person = commands.add_person(session, email=answered(form.email.data), name=answered(form.name.data), by=by)
    commands.grant_role(session, person, Role.OFFICE, by=by)
    return person


@bp.route("/first-run/plan", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def first_plan() -> ResponseReturnValue:
    """Say how a plan comes in: the programme office brings it, an administrator reads none."""
    form = Form()
    if form.validate_on_submit():
        return redirect(_url(5), 303)
    return _page(4, form)


@bp.route("/first-run/meeting", methods=["GET", "POST"])
@requires(Permission.BODY_MANAGE)
def first_meeting() -> ResponseReturnValue:
    """Ask for the meeting that tests the plan, and its next day."""
    form = FirstMeetingForm(data={"name": "Assurance meeting", "cycle": Cycle.QUARTERLY.value})
    if form.validate_on_submit():
        with saving(form) as session:
            me, name = current_person(), answered(form.name.data)
            body = queries.body_by_name(session, name) or commands.make_body(
                session, name=name, kind=BodyKind.ASSURANCE, cycle=Cycle(answered(form.cycle.data)), by=me
            )
            add_meeting(session, body, day=answered(form.day.day), by=me)
            return done(f"In the calendar: {body.name}", to="settings.first_run")
    return _page(5, form)


def _page(number: int, form: Form) -> ResponseReturnValue:
    template = f"settings/{_STEPS[number]}.html"
    skip = _url(number + 1) if number + 1 in _STEPS else url_for("settings.first_run")
    return render_template(template, form=form, step=f"Step {number} of 5", skip_url=skip), form.status


def _url(number: int) -> str:
    return url_for(f"settings.{_STEPS[number]}")
