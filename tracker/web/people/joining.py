"""Pages: choosing a password by a link that was handed over; opening the link changes nothing."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people import commands
from tracker.people.rules import MAXIMUM_PASSWORD, MINIMUM_PASSWORD
from tracker.web import sessions
from tracker.web.access import public
from tracker.web.forms import AtMost, Form, NotBlank, answered
from tracker.web.people.blueprint import bp
from tracker.web.people.guessing import counted_guess, retry_later, too_soon_sentence
from tracker.web.saving import done, saving

_GONE, _NONE = 410, 404


class JoinForm(Form):
    """A password of one's own."""

    new_password = PasswordField(
        "New password", [NotBlank("Enter a password"), AtMost(MAXIMUM_PASSWORD, "New password")]
    )


@bp.route("/join/<string(maxlength=100):code>", methods=["GET", "POST"])
@public("whoever has the link has no password yet")
def join(code: str) -> ResponseReturnValue:
    """Ask for a password, set it once, and let its person in; a link that is over says so and names nobody."""
    opened = commands.open_link(db_session(), code)
    if opened.person is None:
        return render_template("people/join_over.html", why_not=opened.why_not), _GONE if opened.is_known else _NONE
    form, email = JoinForm(), opened.person.email
    if form.validate_on_submit():
        guess = counted_guess(form, email)
        until = None if guess is None else commands.too_soon(db_session(), guess)
        if until is not None:
            form.refuse(Invalid(None, too_soon_sentence(until)))
            return retry_later(_page(form, email), until)
        if guess is not None and (answer := _accept(form, code, guess)) is not None:
            return answer
    return _page(form, email), form.status


def _accept(form: JoinForm, code: str, guess: commands.Guess) -> ResponseReturnValue | None:
    """Set the password and begin the first session, or leave the problem in the form."""
    with saving(form) as session:
        person = commands.accept_invitation(session, code, password=answered(form.new_password.data))
        commands.forget(session, guess)
        key = sessions.new_key(session, person)
    if form.problems:
        return None
    sessions.begin(person, key)
    return done("Your password is set", to="home.home", text="You are signed in.")


def _page(form: JoinForm, email: str) -> str:
    hint = f"At least {MINIMUM_PASSWORD} characters. Three random words are a good one."
    return render_template("people/join.html", form=form, email=email, hint=hint)
