"""Exempting an audit through pages: who runs the round asks, somebody of the assurance meeting decides."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from tracker.audits import commands, queries
from tracker.audits.models import Audit, Exemption
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.opening import opened_unread, whole
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, answered, choice
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class ExemptForm(Form):
    """Asks why an audit cannot be done."""

    reason = TextAreaField("Why it cannot be done", validators=[NotBlank("Say why"), AtMost(REASON_LENGTH, "Why")])
    version = VersionField()


class DecideForm(Form):
    """Asks whether an audit is exempt."""

    decision = FromList(
        "Your decision",
        choices=[
            choice("", "Choose"),
            choice("grant", "Exempt: it need not be done, and counts as completed"),
            choice("refuse", "Not exempt: it stays to be done"),
        ],
        validators=[NotBlank("Choose whether it is exempt")],
    )
    note = TextAreaField("Why, if it is not exempt", validators=[AtMost(REASON_LENGTH, "The note")])
    version = VersionField()


@dataclass(frozen=True)
class ExemptionLine:
    """An exemption in the list: neither file nor auditor is named to who decides."""

    round: str
    file: str
    due: str
    asked: str
    state: str
    url: str


@bp.route("/audits/<public_id>/exempt", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.audit_subject)
def audit_exempt(subject: Audit) -> ResponseReturnValue:
    """Ask that an audit need not be done."""
    form = ExemptForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            commands.ask_exemption(
                session, audit, reason=answered(form.reason.data), version=form.version.number, by=current_person()
            )
            text = "An assurance member decides. Until then it stays to be done."
            return done(f"Asked: {audit.case.code}", text=text, to="audits.round_show", slug=audit.round.slug)
    audit = opened_unread(subject)
    form.version.data = str(audit.version)
    return render_template(
        "audits/audit_exempt.html",
        form=form,
        code=audit.case.code,
        round=audit.round.name,
        round_url=url_for("audits.round_show", slug=audit.round.slug),
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
    ), form.status


@bp.get("/audits/exemptions")
@requires(Permission.EXEMPTION_DECIDE)
def exemption_index() -> ResponseReturnValue:
    """List what waits to be decided, and what was."""
    note_opening(what="exemptions")
    session, reader = db_session(), current_person()
    total = queries.exemption_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.exemption_index", page=number))
    found = queries.exemptions(session, reader=reader, limit=A_PAGE, offset=page.offset)
    return render_template("audits/exemption_index.html", exemptions=[_line(one) for one in found], page=page)


@bp.route("/audits/exemptions/<int:exemption_id>", methods=["GET", "POST"])
@requires(Permission.EXEMPTION_DECIDE, about=queries.exemption)
def exemption_decide(subject: Exemption) -> ResponseReturnValue:
    """Decide whether an audit need not be done."""
    form, exemption_id = DecideForm(), subject.id
    if form.validate_on_submit():
        with saving(form) as session:
            decided = commands.decide_exemption(
                session,
                _exemption(exemption_id),
                is_granted=form.decision.data == "grant",
                note=form.note.data or "",
                version=form.version.number,
                by=current_person(),
            )
            return done("Exempt" if decided.is_granted else "Not exempt", to="audits.exemption_index")
    note_opening(subject)
    found = _exemption(exemption_id)
    form.version.data = str(found.version)
    return render_template(
        "audits/exemption_decide.html",
        form=form,
        line=_line(found),
        reason=found.reason,
        note=found.decided_note,
        is_open=found.decided_at is None,
    ), form.status


def _exemption(exemption_id: int) -> Exemption:
    return queries.exemption(db_session(), exemption_id) or abort(404)


def _line(one: Exemption) -> ExemptionLine:
    audit = one.audit
    return ExemptionLine(
        round=audit.round.name,
        file=f"{audit.case.category.words} · {audit.case.unit.name}",
        due=day(audit.due_on),
        asked=f"{one.asked_by.name}, {day(one.created_at)}",
        state=_state(one),
        url=url_for("audits.exemption_decide", exemption_id=one.id),
    )


def _state(one: Exemption) -> str:
    if one.decided_at is None or one.decided_by is None:
        return "Waits for a decision"
    words = "Exempt" if one.is_granted else "Not exempt"
    return f"{words}: {one.decided_by.name}, {day(one.decided_at)}"
