"""A child may be at risk now: saying so from an audit, the list that stays open, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from tracker.audits import commands, queries
from tracker.audits.models import Audit, ImmediateConcern
from tracker.audits.rules import limits
from tracker.audits.rules.concerns import ConcernDays, ConcernStage
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import counted, random_code
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import first_unfinished, heading_of
from tracker.web.audits.naming_form import NamingForm
from tracker.web.audits.opening import whole
from tracker.web.forms import (
    AtMost,
    ClockField,
    DayField,
    Form,
    NotBlank,
    StringField,
    TextAreaField,
    VersionField,
    answered,
)
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import clock_time, day

_TOKEN_LENGTH = 16


class ConcernForm(Form):
    """Asks who was told, when, and what."""

    form_token = HiddenField()
    told_to = StringField(
        "Who did you tell?",
        validators=[NotBlank("Say who you told"), AtMost(limits.TOLD_TO_LENGTH, "Who you told")],
    )
    told_on = DayField("On which day?", needs_year=True, validators=[NotBlank("Enter the day you told them")])
    told_at = ClockField("At what time?", validators=[NotBlank("Enter the time you told them")])
    what = TextAreaField(
        "What did you tell them?",
        validators=[NotBlank("Say what you told them"), AtMost(limits.CONCERN_LENGTH, "What you told them")],
    )

    @property
    def told_moment(self) -> datetime:
        """The day and the time together; both were read when the form was checked."""
        told_on, told_at = self.told_on.day, self.told_at.time
        if not isinstance(told_on, date) or not isinstance(told_at, time):
            raise Invalid("told_at", "Enter the day and the time you told them")
        return clock.moment_in_england(told_on, told_at)


class NoteForm(NamingForm):
    """Takes what somebody says of a concern; what is asked for depends on how far that has come."""

    version = VersionField()
    note = TextAreaField("What is being done?", validators=[AtMost(limits.CONCERN_LENGTH, "What you say")])


@dataclass(frozen=True)
class Asked:
    """What a concern asks for next: by which command, of whom, and in which words."""

    command: Callable[..., ImmediateConcern]
    permission: Permission
    heading: str
    label: str
    button: str
    told: str
    nobody: str


_ASKED = {
    ConcernStage.TOLD: Asked(
        commands.acknowledge_concern,
        Permission.CONCERN_ACKNOWLEDGE,
        "Acknowledge",
        "What is being done?",
        "Acknowledge this concern",
        "Acknowledged",
        "You raised this concern, so somebody else has to acknowledge it.",
    ),
    ConcernStage.ACKNOWLEDGED: Asked(
        commands.act_on_concern,
        Permission.CONCERN_ACKNOWLEDGE,
        "Say what was done",
        "What was done?",
        "It was acted on",
        "Acted on",
        "You raised this concern, so somebody else says what was done.",
    ),
    ConcernStage.ACTED: Asked(
        commands.close_concern,
        Permission.CONCERN_CLOSE,
        "Close",
        "How is the child now?",
        "Close this concern",
        "Closed",
        "The head of service closes it. An administrator says who that is, with the role of a moderator.",
    ),
}


@dataclass(frozen=True)
class ConcernRow:
    """A concern in the list, without its words."""

    code: str
    url: str
    file: str
    raised: str
    told: str
    state: str
    waits: str
    is_open: bool


@bp.route("/audits/<public_id>/concern", methods=["GET", "POST"])
@requires(Permission.CONCERN_RAISE, about=queries.audit_subject)
def concern_raise(subject: Audit) -> ResponseReturnValue:
    """Show whom to ring first, and record who was told, when and what; nothing of the case is shown."""
    form = ConcernForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            concern = commands.raise_concern(
                session,
                audit,
                told_to=answered(form.told_to.data),
                told_at=form.told_moment,
                what=answered(form.what.data),
                form_token=form.form_token.data or None,
                by=current_person(),
            )
            text = f"{concern.told_to} was told. It stays on the list until somebody acknowledges it."
            # Nothing holds this up: whoever wrote a name hears of it afterwards.
            if told := queries.naming_in(session, concern.what):
                text += f" “{told[0]}” may tell who somebody is: leave names to the case system."
            endpoint, address = _back_to(audit)
            return done("Recorded: a child may be at risk now", text=text, to=endpoint, undo=None, **address)
    audit = whole(subject)
    if not (form.form_token.data or "").isalnum():
        form.form_token.data = random_code(_TOKEN_LENGTH)
    if not form.is_submitted() and not form.is_held:
        form.told_on.process_data(clock.today())
        form.told_at.data = clock_time(clock.now())
    organisation = g.get("organisation")
    return render_template(
        "audits/concern_raise.html",
        form=form,
        heading="A child may be at risk now",
        file=heading_of(audit),
        contact=organisation.urgent_contact if organisation else "",
        back_url=_back_url(audit),
    ), form.status


@bp.get("/concerns")
@requires(Permission.CONCERN_READ)
def concern_index() -> ResponseReturnValue:
    """List the concerns, those that nobody has acknowledged or acted on first."""
    session, reader = db_session(), current_person()
    page = page_of(
        queries.concern_count(session, reader=reader), lambda number: url_for("audits.concern_index", page=number)
    )
    found = queries.concern_page(session, reader=reader, limit=A_PAGE, offset=page.offset)
    waiting = queries.open_concern_count(session, reader=reader)
    g.navigation_counts = {"audits.concern_index": waiting}
    return render_template(
        "audits/concern_index.html",
        heading="Immediate concerns",
        waiting=waiting_words(waiting),
        concerns=[_row(concern) for concern in found],
        page=page,
    )


@bp.route("/concerns/<public_id>", methods=["GET", "POST"])
@requires(Permission.CONCERN_READ, about=queries.concern)
def concern_show(subject: ImmediateConcern) -> ResponseReturnValue:
    """Show what was told, having written down who reads it, and take it a stage further."""
    form = NoteForm()
    if form.validate_on_submit():
        with saving(form) as session:
            concern = queries.concern(session, subject.public_id) or subject
            asked = _ASKED.get(queries.days_of(concern).stage)
            if asked is None:
                raise Conflict(None, "This concern is closed")
            asked.command(session, concern, note=form.note.data or "", version=form.version.number, by=current_person())
            return done(f"{asked.told}: {concern.audit.case.code}", to="audits.concern_index")
    note_opening(subject)
    concern = queries.concern(db_session(), subject.public_id) or subject
    form.version.data = str(concern.version)
    asked = _ASKED.get(queries.days_of(concern).stage)
    if asked is not None:
        form.note.label.text = asked.label
    may_say = asked is not None and allowed(asked.permission, concern)
    typed = form.note.data if form.note.data and (form.is_stale or not may_say) else ""
    if typed:
        form.note.data = ""  # What answered one stage is not put in as the answer to the next.
    return render_template(
        "audits/concern_show.html",
        form=form,
        heading=f"Immediate concern: {concern.audit.case.code}",
        row=_row(concern),
        what=concern.what,
        said=_said(concern),
        asked=asked,
        may_say=may_say,
        typed=[typed] if typed else [],
        audit_url=url_for("audits.audit_show", public_id=concern.audit.public_id),
    ), form.status


def waiting_words(count: int) -> str:
    """Say how many concerns nobody has acted on yet; nothing for none."""
    return f"{counted(count, 'concern waits', 'concerns wait')} to be acknowledged or acted on" if count else ""


def _said(concern: ImmediateConcern) -> list[tuple[str, str, str]]:
    """Return what was said at each stage, with who said it and when."""
    stages = (
        ("What is being done", concern.acknowledged_by, concern.acknowledged_at, concern.acknowledgement),
        ("What was done", concern.acted_by, concern.acted_at, concern.acted),
        ("How the child is now", concern.closed_by, concern.closed_at, concern.outcome),
    )
    return [(title, f"{by.name}, {_at(at)}", words) for title, by, at, words in stages if by and at]


def _state(concern: ImmediateConcern) -> str:
    """Say how far a concern has come; what it waits for is said beside it."""
    for did, by, at in (
        ("Closed", concern.closed_by, concern.closed_at),
        ("Acted on", concern.acted_by, concern.acted_at),
        ("Acknowledged", concern.acknowledged_by, concern.acknowledged_at),
    ):
        if by and at:
            return f"{did} by {by.name}, {day(at)}"
    return f"Told, {day(concern.told_at)}"


def _row(concern: ImmediateConcern) -> ConcernRow:
    case = concern.audit.case
    days = queries.days_of(concern)
    return ConcernRow(
        code=case.code,
        url=url_for("audits.concern_show", public_id=concern.public_id),
        file=f"{case.category.words} · {case.unit.name}",
        raised=f"{concern.raised_by.name}, {_at(concern.raised_at)}",
        told=f"{concern.told_to}, {_at(concern.told_at)}",
        state=_state(concern),
        waits=_waits(days),
        is_open=days.acted_on is None,
    )


def _waits(days: ConcernDays) -> str:
    """Say what comes next and by when, or nothing once it is closed."""
    due = days.next_due
    if due is None:
        return ""
    since = "late since" if days.is_late(clock.today()) else "by"
    return f"{days.stage.waits_for}, {since} {day(due)}"


def _at(at: datetime) -> str:
    return f"{day(at)} at {clock_time(at)}"


def _back_to(audit: Audit) -> tuple[str, dict[str, Any]]:
    """Return where to go back to: the section to go on with for who writes it, else the audit."""
    if audit.state.is_open and allowed(Permission.AUDIT_WRITE, audit):
        number = first_unfinished(audit, queries.asked_of(db_session(), audit))
        return "audits.audit_section", {"public_id": audit.public_id, "number": number}
    return "audits.audit_show", {"public_id": audit.public_id}


def _back_url(audit: Audit) -> str:
    endpoint, address = _back_to(audit)
    return url_for(endpoint, **address)
