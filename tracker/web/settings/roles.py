"""Pages: giving a role to a person and ending it."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Person, RoleGrant
from tracker.people.policy import Permission
from tracker.web import sessions
from tracker.web.access import current_person, requires
from tracker.web.forms import Form
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.granting import RoleForm, grant_from
from tracker.web.settings.person import person_page


@bp.post("/people/<int:person_id>/roles")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def role_add(person: Person) -> ResponseReturnValue:
    """Give a person another role; whoever gives one to themselves stays signed in."""
    form, number = RoleForm(), person.id
    form.offer_scopes(db_session(), queries.units(db_session()))
    if form.validate_on_submit():
        with saving(form) as session:
            grant = grant_from(form, session, person, by=current_person())
            _keep(session, person)
            answer = done(f"Role given: {grant.role.words}", to="settings.person_show", person_id=number)
        if not form.problems:
            _stay(number)
            return answer
    return person_page(person, form, form)


@bp.post("/roles/<int:grant_id>/end")
@requires(Permission.PERSON_MANAGE, about=queries.grant)
def role_end(grant: RoleGrant) -> ResponseReturnValue:
    """End a role at once."""
    form, person, words = Form(), grant.person, grant.role.words
    number = person.id
    if form.validate_on_submit():
        with saving(form) as session:
            commands.end_role(session, grant, by=current_person())
            _keep(session, person)
            answer = done(f"Role ended: {words}", to="settings.person_show", person_id=number)
        if not form.problems:
            _stay(number)
            return answer
    return person_page(person, form)


def _keep(session: Session, person: Person) -> None:
    if person.id == current_person().id:
        commands.keep_session(session, person, key_hash=sessions.key_hash())


def _stay(number: int) -> None:
    """Begin a new session for whoever changed their own roles, since the old one has just ended."""
    person = current_person()
    if person.id == number:
        sessions.renew(person)
