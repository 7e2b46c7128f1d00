"""Pages: one person's roles, facts and access."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Invitation, Person, RoleGrant, Unit
from tracker.people.policy import Permission
from tracker.plans.queries.titles import area_name, plan_titles
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, NotBlank, RecordField, VersionField, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.granting import EVERYWHERE, RoleForm


class PersonChangeForm(Form):
    """The facts of a person that may change."""

    version = VersionField()
    name = StringField("Name", [NotBlank("Enter a name"), AtMost(120, "Name")])
    post = StringField("Post", [AtMost(120, "Post")])
    unit = RecordField("Unit")


@dataclass(frozen=True)
class PersonFacts:
    """A person as the page shows one."""

    id: int
    name: str
    email: str
    post: str
    unit: str
    state: str
    is_active: bool
    link: str
    withdraw_url: str | None


@dataclass(frozen=True)
class GrantRow:
    """A role of a person as the page shows it; `end_url` is None when it is over."""

    role: str
    where: str
    since: date
    until: date | None
    end_url: str | None


@bp.get("/people/<int:person_id>")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def person_show(person: Person) -> ResponseReturnValue:
    """Show a person with the roles they have and had."""
    return person_page(person, Form())


@bp.route("/people/<int:person_id>/change", methods=["GET", "POST"])
@requires(Permission.PERSON_MANAGE, about=queries.person)
def person_change(person: Person) -> ResponseReturnValue:
    """Change a person's name, post and unit."""
    units = queries.units(db_session())
    number = person.id
    form = PersonChangeForm(data=_stored(person))
    form.unit.offer(units, none="None")
    if form.validate_on_submit():
        with saving(form) as session:
            commands.change_person(
                session,
                person,
                name=answered(form.name.data),
                post=form.post.data or "",
                unit=form.unit.chosen(units),
                version=form.version.number,
                by=current_person(),
            )
            return done(f"Saved: {person.name}", to="settings.person_show", person_id=number)
    stored = queries.person(db_session(), number) or person
    if form.is_stale:
        form.version.data = str(stored.version)
    return render_template("settings/person_change.html", form=form, stored=_facts(stored)), form.status


def person_page(person: Person, form: Form, roles: RoleForm | None = None) -> ResponseReturnValue:
    """Show a person as stored now, with the problems of the form that was pressed."""
    session = db_session()
    stored = queries.person(session, person.id) or person
    units = queries.units(session)
    roles = roles or RoleForm(formdata=None)
    roles.offer_scopes(session, units)
    plans = dict(plan_titles(session))
    rows = [_grant_row(grant, plans, units) for grant in stored.grants]
    template = "settings/person_show.html"
    person_now = _facts(stored, _open_link(stored))
    return render_template(template, person=person_now, grants=rows, form=form, role_form=roles), form.status


def _open_link(person: Person) -> Invitation | None:
    found = queries.open_invitations(db_session(), person)
    return found[0] if found else None


def _stored(person: Person) -> dict[str, object]:
    unit = str(person.unit_id) if person.unit_id else ""
    return {"name": person.name, "post": person.post, "unit": unit, "version": person.version}


def _facts(person: Person, link: Invitation | None = None) -> PersonFacts:
    return PersonFacts(
        id=person.id,
        name=person.name,
        email=person.email,
        post=person.post,
        unit=person.unit.name if person.unit else "",
        state=_state(person),
        is_active=person.is_active,
        link=_link_words(link),
        withdraw_url=url_for("settings.invitation_withdraw", invitation_id=link.id) if link else None,
    )


def _state(person: Person) -> str:
    if person.is_active:
        return "Active" if person.password_hash else "Active, has not set a password yet"
    left = f" since {person.left_on:%-d %b %Y}" if person.left_on else ""
    return f"Not active{left}: cannot sign in"


def _link_words(link: Invitation | None) -> str:
    """Say what became of the link that was made last, as long as it is open or has only run out."""
    if link is None:
        return ""
    moment = link.expires_at.astimezone(clock.LONDON)
    is_over = clock.now() >= link.expires_at
    return f"Ran out on {moment:%-d %b %Y}" if is_over else f"Works once until {moment:%-d %b %Y, %H:%M}"


def _grant_row(grant: RoleGrant, plans: dict[int, str], units: list[Unit]) -> GrantRow:
    kinds = (
        ("chair", grant.is_chair),
        ("scribe", grant.is_scribe),
        ("of a partner", grant.is_partner),
        ("head of service", grant.is_head),
    )
    marks = [word for word, is_marked in kinds if is_marked]
    is_over = grant.ends_on is not None and grant.ends_on < clock.today()
    return GrantRow(
        role=", ".join([grant.role.words, *marks]),
        where=_where(grant, plans, units),
        since=grant.starts_on,
        until=grant.ends_on,
        end_url=None if is_over else url_for("settings.role_end", grant_id=grant.id),
    )


def _where(grant: RoleGrant, plans: dict[int, str], units: list[Unit]) -> str:
    names = {unit.id: unit.name for unit in units}
    parts = []
    if grant.plan_id is not None:
        parts.append(plans.get(grant.plan_id, "a plan that is gone"))
    if grant.area_id is not None:
        parts.append(area_name(db_session(), grant.area_id) or "an area that is gone")
    if grant.unit_id is not None:
        parts.append(names.get(grant.unit_id, "a unit that is gone"))
    return ", ".join(parts) or EVERYWHERE
