"""Practice alerts: the list, recording one, and one with its answer; opening it is written down first."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits.commands.alerts import answer_alert, close_alert, record_alert, reopen_alert
from tracker.audits.models import PracticeAlert
from tracker.audits.queries import alerts
from tracker.audits.rules import limits
from tracker.audits.rules.other_words import AlertSource, AlertState
from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import open_teams
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import OtherForm, ThemedForm, lists
from tracker.web.forms import (
    AtMost,
    DayField,
    FromList,
    NotBlank,
    RecordField,
    TextAreaField,
    answered,
    choice,
    choices_of,
)
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.sending import file_answer
from tracker.web.templating import day

HEADER = ("Raised on", "Raised by", "Theme", "Unit", "State", "Answered on", "Closed on")


class AlertForm(ThemedForm):
    """Asks what was seen in practice, where, and who raised it."""

    source = FromList(
        "Who raised it?",
        choices=[choice("", "Choose who"), *choices_of(AlertSource)],
        validators=[NotBlank("Choose who raised it")],
    )
    theme = RecordField("Theme", [NotBlank("Choose a theme")])
    unit = RecordField("Team", [NotBlank("Choose a team")])
    raised_on = DayField("On which day?", needs_year=True, validators=[NotBlank("Enter the day it was raised")])
    words = TextAreaField(
        "What was seen in practice?",
        [NotBlank("Say what was seen in practice"), AtMost(limits.ALERT_LENGTH, "What was seen")],
    )


class AnswerForm(OtherForm):
    """Asks for the answer of the service; without one it can only be closed or sent back."""

    answer = TextAreaField("What does the service answer?", [AtMost(limits.ALERT_LENGTH, "The answer")])


@dataclass(frozen=True)
class AlertLine:
    """An alert in a list, without its words."""

    theme: str
    url: str
    unit: str
    raised: str
    state: str
    is_open: bool


def alert_to_be(session: Session) -> PracticeAlert:
    """Return an alert that is not there yet, about which the policy is asked before one is recorded."""
    del session
    return PracticeAlert()


@bp.get("/alerts")
@requires(Permission.ALERT_MANAGE)
def alert_index() -> ResponseReturnValue:
    """List the alerts, those that wait for an answer first."""
    session, reader = db_session(), current_person()
    counts = alerts.alert_counts(session, reader=reader)
    page = page_of(sum(counts.values()), lambda number: url_for("audits.alert_index", page=number))
    found = alerts.alerts(session, reader=reader, limit=A_PAGE, offset=page.offset)
    waiting = counts.get(AlertState.OPEN, 0)
    return render_template(
        "audits/alert_index.html",
        chips_of_lists=lists("audits.alert_index"),
        rows=[alert_line(one) for one in found],
        waiting=f"{counted(waiting, 'alert waits', 'alerts wait')} for an answer" if waiting else "",
        page=page,
        may_add=allowed(Permission.ALERT_MANAGE, alert_to_be(session)),
    )


@bp.get("/alerts.csv")
@requires(Permission.ALERT_MANAGE)
def alert_csv() -> ResponseReturnValue:
    """Send the alerts without their words, having written down who took them."""
    found = alerts.alerts(db_session(), reader=current_person(), limit=None)
    rows = [
        (
            one.raised_on,
            one.source.words,
            one.theme.name,
            one.unit.name,
            one.state.words,
            one.answered_on,
            one.closed_on,
        )
        for one in found
    ]
    return file_answer(
        None, csv_bytes(HEADER, rows), name="practice-alerts", end="csv", rows=len(rows), listed="practice_alerts"
    )


@bp.route("/alerts/new", methods=["GET", "POST"])
@requires(Permission.ALERT_MANAGE, about=alert_to_be)
def alert_new(_: PracticeAlert) -> ResponseReturnValue:
    """Record a practice alert."""
    form, teams = AlertForm(), open_teams(db_session(), clock.today())
    themes = form.offer_themes(db_session(), none="Choose a theme")
    form.unit.offer(teams, none="Choose a team")
    if form.validate_on_submit():
        with saving(form) as session:
            made = record_alert(
                session,
                source=AlertSource(form.source.data),
                theme=answered(form.theme.chosen(themes)),
                unit=answered(form.unit.chosen(teams)),
                raised_on=answered(form.raised_on.day),
                words=answered(form.words.data),
                names_confirmed=form.names_confirmed.data,
                form_token=form.form_token.data or None,
                by=current_person(),
            )
            return done("Practice alert recorded", to="audits.alert_show", public_id=made.public_id)
    form.give_token()
    return render_template("audits/alert_new.html", form=form), form.status


@bp.route("/alerts/<public_id>", methods=["GET", "POST"])
@requires(Permission.ALERT_MANAGE, about=alerts.alert)
def alert_show(subject: PracticeAlert) -> ResponseReturnValue:
    """Show an alert, having written down who opens it; answer it, close it or ask for another answer."""
    form, public_id = AnswerForm(), subject.public_id
    if form.validate_on_submit():
        with saving(form) as session:
            said = _settle(session, subject, form)
            return done(f"{said}: {subject.theme.name}, {subject.unit.name}", to="audits.alert_index")
    note_opening(subject)
    alert = alerts.alert(db_session(), public_id) or subject
    form.version.data = str(alert.version)
    return render_template(
        "audits/alert_show.html",
        form=form,
        line=alert_line(alert),
        words=alert.words,
        answer=alert.answer,
        answered_on=f"Answered {day(alert.answered_on)}" if alert.answered_on else "",
        is_answered=alert.state is AlertState.ANSWERED,
        theme_url=url_for("themes.theme_show", code=alert.theme.code),
    ), form.status


def alert_line(alert: PracticeAlert) -> AlertLine:
    """Return an alert as lists show it."""
    return AlertLine(
        theme=alert.theme.name,
        url=url_for("audits.alert_show", public_id=alert.public_id),
        unit=alert.unit.name,
        raised=f"{alert.source.words}, {day(alert.raised_on)}",
        state=f"Closed {day(alert.closed_on)}" if alert.closed_on else alert.state.words,
        is_open=alert.state is AlertState.OPEN,
    )


def _settle(session: Session, alert: PracticeAlert, form: AnswerForm) -> str:
    """Do what the pressed button says; return it in words."""
    by, version, pressed = current_person(), form.version.number, request.form.get("go")
    if pressed == "close":
        close_alert(session, alert, version=version, by=by)
        return "Closed"
    if pressed == "back":
        reopen_alert(session, alert, version=version, by=by)
        return "Sent back for another answer"
    confirmed = form.names_confirmed.data
    answer_alert(session, alert, answer=form.answer.data or "", names_confirmed=confirmed, version=version, by=by)
    return "Answered"
