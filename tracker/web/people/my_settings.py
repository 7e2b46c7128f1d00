"""Pages: what a person may set for themselves; the password, and where they are signed in."""

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from tracker.core.problems import Invalid
from tracker.people import commands
from tracker.people.models import Person
from tracker.people.policy import grants_now
from tracker.people.rules import MAXIMUM_PASSWORD, MINIMUM_PASSWORD
from tracker.web import sessions
from tracker.web.access import current_person, signed_in
from tracker.web.forms import AtMost, Form, NotBlank, answered
from tracker.web.people.blueprint import bp
from tracker.web.people.guessing import counted_guess, retry_later, too_soon_sentence
from tracker.web.people.own_sessions import session_rows
from tracker.web.saving import done, saving


class PasswordForm(Form):
    """A new password, the present one being asked first."""

    present_password = PasswordField(
        "Present password", [NotBlank("Enter your present password"), AtMost(MAXIMUM_PASSWORD, "Present password")]
    )
    new_password = PasswordField("New password", [NotBlank("Enter a new password")])


@bp.route("/my/settings", methods=["GET", "POST"])
@signed_in("everybody may change their own password")
def my_settings() -> ResponseReturnValue:
    """Show who one is here, and change one's own password."""
    person = current_person()
    form, was_made = PasswordForm(), person.password_expires_at is not None
    if form.validate_on_submit():
        until, key = _change(form, person)
        if key and not form.problems:
            sessions.begin(person, key)
            to = "home.home" if was_made else "people.my_settings"
            return done("Password changed", to=to, text="You are signed out everywhere else.")
        if until is not None:
            return retry_later(_page(form, person), until)
    return _page(form, person), form.status


def _change(form: PasswordForm, person: Person) -> tuple[datetime | None, str]:
    """Try the change; return until when to wait, or the key of the session that goes on."""
    guess = counted_guess(form, person.email)
    until, is_right, key = None, False, ""
    if guess is None:
        return until, key
    with saving(form) as session:
        until, is_right = commands.change_own_password(
            session, guess, person, present=answered(form.present_password.data), new=answered(form.new_password.data)
        )
        key = sessions.new_key(session, person) if is_right else ""
    if until is not None:
        form.refuse(Invalid(None, too_soon_sentence(until)))
    elif not is_right and not form.problems:
        form.refuse(Invalid("present_password", "Check your present password"))
    return until, key


def _page(form: PasswordForm, person: Person) -> str:
    return render_template(
        "people/my_settings.html",
        form=form,
        name=person.name,
        email=person.email,
        roles=", ".join(sorted({grant.role.words for grant in grants_now(person)})),
        sessions=session_rows(person),
        must_change=person.password_expires_at is not None,
        hint=f"At least {MINIMUM_PASSWORD} characters. Three random words are a good one.",
    )
