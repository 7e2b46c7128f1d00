"""Legal holds: the list, setting one on an audit, a case or everything, and lifting it with a reason."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.commands.holds import lift_hold, set_hold
from tracker.audits.models import Audit, LegalHold
from tracker.audits.queries.retention import hold, hold_count, holds
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.opening import opened_unread, whole
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    StringField,
    TextAreaField,
    VersionField,
    answered,
    choice,
)
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day

_LONGEST_CODE = 60


class ReasonForm(Form):
    """Asks why."""

    version = VersionField()
    why = TextAreaField("Why", validators=[NotBlank("Say why"), AtMost(REASON_LENGTH, "Why")])


class HoldForm(ReasonForm):
    """Asks what is held: a case by its reference, or everything."""

    code = StringField(
        "Case reference; leave it empty to hold every audit", validators=[AtMost(_LONGEST_CODE, "Case reference")]
    )


class AuditHoldForm(ReasonForm):
    """Asks how much of an audit's case is held."""

    what = FromList(
        "What is held",
        choices=[choice("audit", "This audit"), choice("case", "Every audit of this case, and its reference")],
    )


@dataclass(frozen=True)
class HoldLine:
    """A hold as lists show it."""

    what: str
    why: str
    since: str
    lifted: str
    url: str | None


@bp.route("/audits/holds", methods=["GET", "POST"])
@requires(Permission.HOLD_MANAGE)
def hold_index() -> ResponseReturnValue:
    """List the holds and set one on a case or on everything."""
    form = HoldForm()
    if form.validate_on_submit():
        with saving(form) as session:
            code = (form.code.data or "").strip()
            case = queries.case_by_code(session, code) if code else None
            if code and case is None:
                raise Invalid("code", "There is no such case reference here")
            held = set_hold(session, case=case, why=answered(form.why.data), by=current_person())
            return done(f"On hold: {what_is_held(held)}", to="audits.hold_index")
    note_opening(what="holds")
    session, reader = db_session(), current_person()
    page = page_of(hold_count(session, reader=reader), lambda number: url_for("audits.hold_index", page=number))
    rows = [_line(one) for one in holds(session, reader=reader, limit=A_PAGE, offset=page.offset)]
    return render_template("audits/hold_index.html", form=form, rows=rows, page=page), form.status


@bp.route("/audits/<public_id>/hold", methods=["GET", "POST"])
@requires(Permission.HOLD_MANAGE, about=queries.audit_subject)
def audit_hold(subject: Audit) -> ResponseReturnValue:
    """Hold an audit, or its whole case."""
    form = AuditHoldForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            only = form.what.data == "audit"
            held = set_hold(
                session,
                audit=audit if only else None,
                case=None if only else audit.case,
                why=answered(form.why.data),
                by=current_person(),
            )
            return done(f"On hold: {what_is_held(held)}", to="audits.audit_show", public_id=audit.public_id)
    audit = opened_unread(subject)
    return render_template(
        "audits/audit_hold.html",
        form=form,
        code=audit.case.code,
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
    ), form.status


@bp.route("/audits/holds/<public_id>", methods=["GET", "POST"])
@requires(Permission.HOLD_MANAGE, about=hold)
def hold_lift(subject: LegalHold) -> ResponseReturnValue:
    """Lift a hold, or read who did."""
    form, public_id = ReasonForm(), subject.public_id
    if form.validate_on_submit():
        with saving(form) as session:
            lifted = lift_hold(
                session, _hold(public_id), why=answered(form.why.data), version=form.version.number, by=current_person()
            )
            return done(f"No longer on hold: {what_is_held(lifted)}", to="audits.hold_index")
    note_opening(subject)
    found = _hold(public_id)
    form.version.data = str(found.version)
    return render_template(
        "audits/hold_lift.html", form=form, line=_line(found), is_lifted=found.lifted_at is not None
    ), form.status


def what_is_held(held: LegalHold) -> str:
    """Say what a hold is about."""
    if held.audit is not None:
        return f"One audit of {held.audit.case.code}"
    return f"Every audit of {held.case.code}" if held.case is not None else "Every audit"


def _line(held: LegalHold) -> HoldLine:
    lifted = ""
    if held.lifted_at is not None and held.lifted_by is not None:
        lifted = f"Lifted by {held.lifted_by.name}, {day(held.lifted_at)}: {held.lifted_why}"
    return HoldLine(
        what=what_is_held(held),
        why=held.why,
        since=f"{held.set_by.name}, {day(held.created_at)}",
        lifted=lifted,
        url=url_for("audits.hold_lift", public_id=held.public_id),
    )


def _hold(public_id: str) -> LegalHold:
    return hold(db_session(), public_id) or abort(404)
