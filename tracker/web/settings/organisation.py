"""Pages: the organisation's name, its urgent contact, its colour and its ways; the colour as a style sheet."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, TextAreaField

from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.commands.organisation import LONGEST_CONTACT
from tracker.people.models import Organisation
from tracker.people.policy import Permission
from tracker.people.rules import FEWEST_OPEN, LEAST_CONTRAST, MOST_OPEN, UPDATES_OPEN
from tracker.web.access import current_person, public, requires
from tracker.web.forms import AtMost, Form, NotBlank, VersionField, WholeField, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp

_HINT = "Whom to reach when a child may be at risk now, with a telephone number. It stands first on the page for that."


class OrganisationForm(Form):
    """What pages say of the organisation."""

    version = VersionField()
    name = StringField("Name", [NotBlank("Enter the organisation's name"), AtMost(120, "Name")])
    colour = StringField("Colour of the pages", [AtMost(20, "Colour")])
    updates_open_days = WholeField(
        "Working days before a meeting on which updates open",
        least=FEWEST_OPEN,
        most=MOST_OPEN,
        default=str(UPDATES_OPEN),
    )
    mails_are_bare = BooleanField("Mails hold numbers and links only, and no words of a plan")
    urgent_contact = TextAreaField("Urgent contact", [AtMost(LONGEST_CONTACT, "Urgent contact")])


@bp.route("/organisation", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def organisation_change() -> ResponseReturnValue:
    """Change the organisation; the words of whoever was second are kept beside the stored ones."""
    form = OrganisationForm(data=_stored(queries.organisation(db_session())))
    if form.validate_on_submit():
        with saving(form) as session:
            ours = commands.set_organisation(
                session,
                name=answered(form.name.data),
                urgent_contact=form.urgent_contact.data or "",
                version=form.version.number,
                by=current_person(),
            )
            contrast = commands.set_colour(session, ours, colour=form.colour.data or "", by=current_person())
            commands.set_ways(
                session,
                ours,
                updates_open_days=answered(form.updates_open_days.number),
                mails_are_bare=bool(form.mails_are_bare.data),
                by=current_person(),
            )
            return done(f"Saved: {ours.name}", to="settings.organisation_change", text=told(contrast))
    stored = queries.organisation(db_session())
    if form.is_stale and stored:
        form.version.data = str(stored.version)
    template = "settings/organisation_change.html"
    return render_template(template, form=form, stored=stored, hint=_HINT), form.status


def told(contrast: str) -> str:
    """Say how well white can be read on a colour, nothing when there is none."""
    return f"White on the colour has a contrast of {contrast}; {LEAST_CONTRAST} to 1 is asked for." if contrast else ""


@bp.get("/organisation.css")
@public("it holds a colour, which every page shows")
def organisation_static() -> ResponseReturnValue:
    """Send the organisation's colour as a style sheet; the address carries its version, so it may be kept for long."""
    ours = queries.organisation(db_session())
    colour = ours.colour if ours else ""
    sheet = f":root {{ --brand: {colour}; --on-brand-2: #ffffff; }}\n" if colour else ""
    answer = Response(sheet, mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=31536000" if request.args.get("v") else "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _stored(ours: Organisation | None) -> dict[str, object]:
    if ours is None:
        return {"version": 0}
    return {
        "name": ours.name,
        "urgent_contact": ours.urgent_contact,
        "colour": ours.colour,
        "updates_open_days": str(ours.updates_open_days),
        "mails_are_bare": ours.mails_are_bare,
        "version": ours.version,
    }
