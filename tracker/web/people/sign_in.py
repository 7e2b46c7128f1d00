"""Pages: signing in with e-mail address and password, signing out, and what is said when a session has ended."""

from contextlib import suppress
from dataclasses import dataclass

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, HiddenField, PasswordField

from tracker.core.problems import Invalid
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.policy import roles_of
from tracker.people.rules import LONGEST_EMAIL, MAXIMUM_PASSWORD
from tracker.web import sessions
from tracker.web.access import person_or_none, public
from tracker.web.forms import AtMost, Form, NotBlank, answered
from tracker.web.people.blueprint import bp
from tracker.web.people.guessing import counted_guess, retry_later, too_soon_sentence
from tracker.web.saving import NotSavedError, saving
from tracker.web.security import safe_next

WRONG = "Check your e-mail address and password"
_LEAVE_NOTHING = '"cache", "cookies", "storage"'


class SignInForm(Form):
    """Who one is; both errors have the same words, so that nobody learns which addresses are known."""

    email = EmailField(
        "E-mail address", [NotBlank("Enter your e-mail address"), AtMost(LONGEST_EMAIL, "E-mail address")]
    )
    password = PasswordField("Password", [NotBlank("Enter your password"), AtMost(MAXIMUM_PASSWORD, "Password")])
    next = HiddenField()


@dataclass(frozen=True)
class DemonstrationPerson:
    """One of the people whom newcomers may sign in as on their own machine."""

    email: str
    roles: str


@bp.route("/sign-in", methods=["GET", "POST"])
@public("nobody is signed in yet")
def sign_in() -> ResponseReturnValue:
    """Sign in, then go on to the very address that was asked for; also for signing in as somebody else."""
    wanted = request.args.get("next")
    if person_or_none() and wanted and request.method == "GET":
        return _onward(wanted)
    form = SignInForm(next=wanted)
    if form.validate_on_submit():
        return _try(form)
    return _page(form), form.status


@bp.post("/sign-out")
@public("signing out twice is no error")
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server, and have the browser keep nothing."""
    person, here = person_or_none(), sessions.here()
    if person is not None and here is not None:
        # Signed out here at least: what the server could not store ends by itself when its time is over.
        with suppress(NotSavedError), saving(Form()) as session:
            commands.end_session(session, here, by=person)
    sessions.end()
    response = redirect(url_for("people.session_ended"), 303)
    response.headers["Clear-Site-Data"] = _LEAVE_NOTHING
    return response


@bp.get("/session-ended")
@public("it is shown to whoever is no longer signed in")
def session_ended() -> ResponseReturnValue:
    """Say that the session has ended and how to go on."""
    return render_template("people/session_ended.html", next=safe_next(request.args.get("next")))


def _try(form: SignInForm) -> ResponseReturnValue:
    """Count the guess, check it, and begin a session when it was right."""
    guess = counted_guess(form, answered(form.email.data))
    outcome, key = commands.SignIn(), ""
    if guess is not None:
        with saving(form) as session:
            outcome = commands.check_sign_in(
                session,
                guess,
                email=answered(form.email.data),
                password=answered(form.password.data),
                is_from_here=sessions.is_from_here(),
            )
            if outcome.person is not None:
                key = sessions.new_key(session, outcome.person)
    if outcome.person is not None and not form.problems:
        sessions.begin(outcome.person, key)
        return _onward(form.next.data)
    if outcome.wait_until is not None:
        form.refuse(Invalid(None, too_soon_sentence(outcome.wait_until)))
        return retry_later(_page(form), outcome.wait_until)
    if not form.problems:
        form.refuse(Invalid("email", WRONG))
    return _page(form), form.status


def _onward(asked_for: str | None) -> ResponseReturnValue:
    return redirect(safe_next(asked_for) or url_for("home.home"), 303)


def _page(form: SignInForm) -> str:
    return render_template(
        "people/sign_in.html", form=form, ended=_why_ended(), demonstration_people=_demonstration_people()
    )


def _why_ended() -> str | None:
    """Return the sentence for somebody whose session ran out, who did nothing wrong."""
    if not g.get("session_ended"):
        return None
    settings = current_app.config["SETTINGS"]
    idle, most = counted(settings.idle_minutes, "minute"), counted(settings.session_hours, "hour")
    return f"You were signed out. That happens after {idle} without use, and {most} after signing in."


def _demonstration_people() -> list[DemonstrationPerson]:
    ours = queries.organisation(db_session())
    if ours is None or not ours.is_demonstration or not sessions.is_from_here():
        return []
    return [
        DemonstrationPerson(person.email, ", ".join(sorted(role.words for role in roles_of(person))))
        for person in queries.demonstration_people(db_session())
    ]
