"""Pages: everybody who may sign in, and adding somebody."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, StringField

from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.people.policy import Permission, grants_now
from tracker.people.rules import LONGEST_EMAIL, InvitationKind
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, NotBlank, RecordField, answered
from tracker.web.paging import page_of
from tracker.web.saving import saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.granting import RoleForm, grant_from
from tracker.web.settings.linking import link_for, links_page


@dataclass(frozen=True)
class PersonRow:
    """A person as the list shows one."""

    name: str
    url: str
    email: str
    unit: str
    roles: str
    state: str


class PersonForm(RoleForm):
    """A new person with a first role."""

    name = StringField("Name", [NotBlank("Enter a name"), AtMost(120, "Name")])
    email = EmailField("E-mail address", [NotBlank("Enter an e-mail address"), AtMost(LONGEST_EMAIL, "E-mail address")])
    post = StringField("Post", [AtMost(120, "Post")])
    unit = RecordField("Unit")


@bp.get("/people")
@requires(Permission.PERSON_MANAGE)
def person_index() -> ResponseReturnValue:
    """List everybody."""
    rows = [_row(person) for person in queries.people(db_session())]
    page = page_of(len(rows), lambda number: url_for("settings.person_index", page=number))
    return render_template("settings/person_index.html", rows=rows[page.rows], page=page)


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.PERSON_MANAGE)
def person_add() -> ResponseReturnValue:
    """Add somebody with a first role, and show once the link by which they set a password."""
    units = queries.units(db_session())
    form = PersonForm()
    form.unit.offer(units, none="None")
    form.offer_scopes(db_session(), units)
    if form.validate_on_submit():
        link = None
        with saving(form) as session:
            person = commands.add_person(
                session,
                email=answered(form.email.data),
                name=answered(form.name.data),
                post=form.post.data or "",
                unit=form.unit.chosen(units),
                by=current_person(),
            )
            grant_from(form, session, person, by=current_person())
            code = commands.invite(session, person, kind=InvitationKind.INVITATION, by=current_person())
            link, address = link_for(person.name, person.email, code), _address(person)
        if link and not form.problems:
            return links_page(f"Invitation for {link.name}", [link], to=address)
    return render_template("settings/person_add.html", form=form), form.status


def _row(person: Person) -> PersonRow:
    return PersonRow(
        name=person.name,
        url=_address(person),
        email=person.email,
        unit=person.unit.name if person.unit else "",
        roles=", ".join(grant.role.words for grant in grants_now(person)) or "No role",
        state="Active" if person.is_active else "Not active",
    )


def _address(person: Person) -> str:
    return url_for("settings.person_show", person_id=person.id)
