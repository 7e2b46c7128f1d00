"""Who is here: saying that an audit goes on side by side with the worker of the file, and that it no longer does."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.rules import limits
from tracker.audits.rules.tool import ABOUT_NUMBER
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, list_of
from tracker.web.audits.opening import opened, whole
from tracker.web.forms import AtMost, Form, StringField, VersionField
from tracker.web.saving import done, saving


class SideBySideForm(Form):
    """Asks who sits beside the auditor."""

    version = VersionField()
    worker_role = StringField("Who is here?", validators=[AtMost(limits.WORKER_ROLE_LENGTH, "Who is here")])
    has_large_text = BooleanField("Show the audit in large text")


@bp.route("/audits/<public_id>/side-by-side", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_side_by_side(subject: Audit) -> ResponseReturnValue:
    """Ask who is here, and keep it."""
    if not subject.state.is_open:
        return redirect(url_for("audits.audit_show", public_id=subject.public_id), 303)
    form = SideBySideForm()
    if form.validate_on_submit():
        with saving(form) as session:
            said = _keep(session, whole(subject), form)
            return done(said, to="audits.audit_section", public_id=subject.public_id, number=ABOUT_NUMBER)
    audit = opened(subject)
    form.version.data = str(audit.version)
    if not form.is_submitted() and not form.is_held:
        form.worker_role.data, form.has_large_text.data = audit.worker_role, audit.has_large_text
    list_label, list_url = list_of(audit)
    return render_template(
        "audits/audit_side_by_side.html",
        form=form,
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        is_on=audit.is_side_by_side,
        audit_url=url_for("audits.audit_section", public_id=audit.public_id, number=ABOUT_NUMBER),
    ), form.status


def _keep(session: Session, audit: Audit, form: SideBySideForm) -> str:
    """Begin or end, as the pressed button says; return what to tell."""
    version, by = form.version.number, current_person()
    if request.form.get("go") == "end":
        commands.end_side_by_side(session, audit, version=version, by=by)
        return "You go on alone. What the worker said is kept"
    role = form.worker_role.data or ""
    large = bool(form.has_large_text.data)
    commands.begin_side_by_side(session, audit, worker_role=role, has_large_text=large, version=version, by=by)
    return f"Side by side: {audit.worker_role}"
