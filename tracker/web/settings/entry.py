"""Pages: what lets a person in and what ends it: links, deactivation, the end of sessions."""

from flask import url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Invitation, Person
from tracker.people.policy import Permission
from tracker.people.rules import InvitationKind
from tracker.plans.commands.leads import leads_back_with, leads_left_with
from tracker.web import sessions
from tracker.web.access import current_person, requires
from tracker.web.forms import Form
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.linking import link_for, links_page
from tracker.web.settings.person import person_page


@bp.post("/people/<int:person_id>/deactivate")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def person_deactivate(person: Person) -> ResponseReturnValue:
    """Stop a person from signing in; leads that only they could update are shown as left."""
    form, number = Form(), person.id
    if form.validate_on_submit():
        with saving(form) as session:
            commands.deactivate(session, person, by=current_person())
            left = leads_left_with(session, person, by=current_person())
            words = f" {counted(left, 'action')} now without a lead." if left else ""
            title, text = f"Deactivated: {person.name}", f"Their sessions have ended.{words}"
            return done(title, to="settings.person_show", text=text, person_id=number)
    return person_page(person, form)


@bp.post("/people/<int:person_id>/reactivate")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def person_reactivate(person: Person) -> ResponseReturnValue:
    """Let a person sign in again; leads that left with them are back."""
    form, number, left_on = Form(), person.id, person.left_on
    if form.validate_on_submit():
        with saving(form) as session:
            commands.reactivate(session, person, by=current_person())
            leads_back_with(session, person, left_on=left_on, by=current_person())
            title, text = f"Active again: {person.name}", "Their password is as it was."
            return done(title, to="settings.person_show", text=text, person_id=number)
    return person_page(person, form)


@bp.post("/people/<int:person_id>/link")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def link_make(person: Person) -> ResponseReturnValue:
    """Make a link by which a person sets a password, and show it once; an earlier one no longer works."""
    form, number, name, email = Form(), person.id, person.name, person.email
    if form.validate_on_submit():
        code = None
        kind = InvitationKind.RESET if person.password_hash else InvitationKind.INVITATION
        with saving(form) as session:
            code = commands.invite(session, person, kind=kind, by=current_person())
        if code and not form.problems:
            address = url_for("settings.person_show", person_id=number)
            return links_page(f"Link for {name}", [link_for(name, email, code)], to=address)
    return person_page(person, form)


@bp.post("/invitations/<int:invitation_id>/withdraw")
@requires(Permission.PERSON_MANAGE, about=queries.invitation)
def invitation_withdraw(invitation: Invitation) -> ResponseReturnValue:
    """Take a link back."""
    form, number = Form(), invitation.person_id
    if form.validate_on_submit():
        with saving(form) as session:
            commands.withdraw_invitation(session, invitation, by=current_person())
            title = f"Link taken back: {invitation.person.name}"
            return done(title, to="settings.person_show", text="It no longer works.", person_id=number)
    return person_page(queries.person(db_session(), number) or invitation.person, form)


@bp.post("/people/<int:person_id>/sessions/end")
@requires(Permission.PERSON_MANAGE, about=queries.person)
def sessions_end(person: Person) -> ResponseReturnValue:
    """End all sessions of a person; an administrator's own one here goes on."""
    form, number = Form(), person.id
    is_own = number == current_person().id
    if form.validate_on_submit():
        with saving(form) as session:
            commands.end_sessions(session, person, by=current_person())
            if is_own:
                commands.keep_session(session, person, key_hash=sessions.key_hash())
            answer = done(f"Signed out everywhere: {person.name}", to="settings.person_show", person_id=number)
        if not form.problems:
            if is_own:
                sessions.renew(person)
            return answer
    return person_page(person, form)
