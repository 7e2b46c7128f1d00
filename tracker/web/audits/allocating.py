"""Changing who audits a file, conflicts that people declare, and closing a round; drawing and sharing stand apart."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from tracker.audits import commands, queries
from tracker.audits.models import Audit, AuditRound, DeclaredConflict
from tracker.audits.rules.independence import ConflictKind
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.opening import opened, opened_unread, whole
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    RecordField,
    VersionField,
    answered,
    choice,
    choices_of,
)
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class SwapForm(Form):
    """Asks who audits a file instead, and why."""

    auditor = RecordField("Who audits it instead", [NotBlank("Choose an auditor")])
    reason = TextAreaField("Why", validators=[NotBlank("Say why"), AtMost(REASON_LENGTH, "Why")])
    version = VersionField()


class ConflictForm(Form):
    """Asks who cannot judge which file; nobody else is named."""

    auditor = RecordField("Auditor", [NotBlank("Choose an auditor")])
    code = StringField(
        "Case reference", validators=[NotBlank("Enter the case reference"), AtMost(20, "The case reference")]
    )
    kind = FromList(
        "Reason",
        choices=[choice("", "Choose a reason"), *choices_of(ConflictKind)],
        validators=[NotBlank("Choose a reason")],
    )


class OwnConflictForm(Form):
    """Asks an auditor why they cannot judge their own file."""

    kind = FromList(
        "Why you cannot judge this file",
        choices=[choice("", "Choose a reason"), *choices_of(ConflictKind)],
        validators=[NotBlank("Choose a reason")],
    )


class EndForm(Form):
    """Ends a conflict as its reader saw it, or closes a round."""

    version = VersionField()


@dataclass(frozen=True)
class ConflictLine:
    """A declared conflict in the list."""

    code: str
    auditor: str
    reason: str
    declared: str
    end_url: str
    version: int


@bp.route("/audits/<public_id>/swap", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.audit_subject)
def audit_swap(subject: Audit) -> ResponseReturnValue:
    """Give a file that nobody has begun to another auditor, keeping the reason."""
    form = SwapForm()
    form.auditor.offer(queries.auditors(db_session()), none="Choose an auditor")
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            auditor = form.auditor.chosen(queries.auditors(session))
            commands.swap_auditor(
                session,
                audit,
                auditor=auditor,
                reason=answered(form.reason.data),
                version=form.version.number,
                by=current_person(),
            )
            return done(f"{audit.case.code} is now with {auditor.name}", to="audits.round_show", slug=audit.round.slug)
    audit = opened_unread(subject)
    form.version.data = str(audit.version)
    return render_template("audits/audit_swap.html", form=form, **_about(audit)), form.status


@bp.route("/audits/<public_id>/conflict", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_conflict(subject: Audit) -> ResponseReturnValue:
    """Let an auditor say that they cannot judge a file which they were given."""
    form = OwnConflictForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            kind = ConflictKind(form.kind.data)
            commands.declare_conflict(session, auditor=audit.auditor, case=audit.case, kind=kind, by=current_person())
            text = "Whoever runs the round sees it and gives the file to somebody else."
            return done(
                f"Conflict declared: {audit.case.code}", text=text, to="audits.audit_show", public_id=audit.public_id
            )
    audit = opened(subject)
    return render_template("audits/audit_conflict.html", form=form, **_about(audit)), form.status


@bp.route("/audits/conflicts", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.round_to_be)
def conflict_index(_: AuditRound) -> ResponseReturnValue:
    """List who cannot judge which file, and write another conflict down."""
    form = ConflictForm()
    form.auditor.offer(queries.auditors(db_session()), none="Choose an auditor")
    if form.validate_on_submit():
        with saving(form) as session:
            auditor = form.auditor.chosen(queries.auditors(session))
            case = queries.case_by_code(session, form.code.data or "")
            if case is None:
                raise Invalid("code", "No file of this reference is known here")
            kind = ConflictKind(form.kind.data)
            commands.declare_conflict(session, auditor=auditor, case=case, kind=kind, by=current_person())
            return done(f"Conflict declared: {case.code}", to="audits.conflict_index")
    note_opening(what="conflicts")
    session = db_session()
    page = page_of(queries.conflict_count(session), lambda number: url_for("audits.conflict_index", page=number))
    found = queries.declared_conflicts(session, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/conflict_index.html", form=form, conflicts=[_line(one) for one in found], page=page
    ), form.status


@bp.post("/audits/conflicts/<int:conflict_id>/end")
@requires(Permission.ROUND_MANAGE, about=queries.declared_conflict)
def conflict_end(subject: DeclaredConflict) -> ResponseReturnValue:
    """End a conflict that was declared by mistake or holds no longer."""
    form, conflict_id = EndForm(), subject.id
    if form.validate_on_submit():
        with saving(form) as session:
            declared = queries.declared_conflict(session, conflict_id) or abort(404)
            commands.end_conflict(session, declared, version=form.version.number, by=current_person())
            return done("Conflict ended", to="audits.conflict_index")
    return _back_with(form, url_for("audits.conflict_index"))


@bp.post("/audits/rounds/<slug>/close")
@requires(Permission.ROUND_MANAGE, about=queries.round_by_slug)
def round_close(subject: AuditRound) -> ResponseReturnValue:
    """Close a round, when nothing of it waits."""
    form, slug = EndForm(), subject.slug
    if form.validate_on_submit():
        with saving(form) as session:
            audit_round = queries.round_by_slug(session, slug) or abort(404)
            commands.close_round(session, audit_round, version=form.version.number, by=current_person())
            return done(f"Closed: {audit_round.name}", to="audits.round_show", slug=slug)
    return _back_with(form, url_for("audits.round_show", slug=slug))


def _back_with(form: Form, address: str) -> ResponseReturnValue:
    """Show why a button did nothing, with the way back."""
    if not form.problems:
        return redirect(address, 303)
    return render_template("audits/not_done.html", form=form, address=address), form.status


def _line(one: DeclaredConflict) -> ConflictLine:
    return ConflictLine(
        code=one.case.code,
        auditor=one.auditor.name,
        reason=one.kind.words,
        declared=day(one.created_at),
        end_url=url_for("audits.conflict_end", conflict_id=one.id),
        version=one.version,
    )


def _about(audit: Audit) -> dict[str, str]:
    return {
        "code": audit.case.code,
        "auditor": audit.auditor.name,
        "round": audit.round.name,
        "round_url": url_for("audits.round_show", slug=audit.round.slug),
        "audit_url": url_for("audits.audit_show", public_id=audit.public_id),
    }
