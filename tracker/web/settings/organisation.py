"""Pages: the organisation's name and its urgent contact."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from tracker.extensions import db
from tracker.people import commands, queries
from tracker.people.commands.organisation import LONGEST_CONTACT
from tracker.people.models import Organisation
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, NotBlank, VersionField, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp

_HINT = "Whom to reach when a child may be at risk now, with a telephone number. It stands first on the page for that."


class OrganisationForm(Form):
    """What pages say of the organisation."""

    version = VersionField()
    name = StringField("Name", [NotBlank("Enter the organisation's name"), AtMost(120, "Name")])
    urgent_contact = TextAreaField("Urgent contact", [AtMost(LONGEST_CONTACT, "Urgent contact")])


@bp.route("/organisation", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def organisation_change() -> ResponseReturnValue:
    """Change the organisation; the words of whoever was second are kept beside the stored ones."""
    form = OrganisationForm(data=_stored(queries.organisation(db.session())))
    if form.validate_on_submit():
        with saving(form) as session:
            ours = commands.set_organisation(
                session,
                name=answered(form.name.data),
                urgent_contact=form.urgent_contact.data or "",
                version=form.version.number,
                by=current_person(),
            )
            return done(f"Saved: {ours.name}", to="settings.organisation_change")
    stored = queries.organisation(db.session())
    if form.is_stale and stored:
        form.version.data = str(stored.version)
    template = "settings/organisation_change.html"
    return render_template(template, form=form, stored=stored, hint=_HINT), form.status


def _stored(ours: Organisation | None) -> dict[str, object]:
    if ours is None:
        return {"version": 0}
    return {"name": ours.name, "urgent_contact": ours.urgent_contact, "version": ours.version}
