"""Saying which person of the service worked with the child, so that they can read the audit and answer it."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.rules.responding import may_name_worker
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, list_of
from tracker.web.audits.opening import opened, whole
from tracker.web.forms import Form, RecordField, VersionField
from tracker.web.saving import done, saving


class WorkerForm(Form):
    """Asks who worked with the child."""

    version = VersionField()
    worker = RecordField("Who worked with the child?")


@bp.route("/audits/<public_id>/worker", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_worker(subject: Audit) -> ResponseReturnValue:
    """Ask who the worker is, and keep it; the service asks them to answer once the audit is sent."""
    form, people = WorkerForm(), queries.possible_workers(db_session(), subject)
    form.worker.offer(people, none="Nobody with an account here")
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            worker = form.worker.chosen(queries.possible_workers(session, audit))
            if form.worker.data and worker is None:
                raise Invalid("worker", "Choose a person from the list")
            commands.name_worker(session, audit, worker=worker, version=form.version.number, by=current_person())
            title = f"Worker: {worker.name}" if worker else "No worker is named"
            return done(title, to="audits.audit_show", public_id=audit.public_id)
    audit = opened(subject)
    form.version.data = str(audit.version)
    if not form.is_submitted() and not form.is_held:
        form.worker.data = str(audit.worker_id or "")
    list_label, list_url = list_of(audit)
    return render_template(
        "audits/audit_worker.html",
        form=form,
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
        name=audit.worker.name if audit.worker else "",
        may_name=may_name_worker(audit.state, is_answered=commands.is_answered(audit)),
        add_url=url_for("settings.person_add") if allowed(Permission.PERSON_MANAGE) else None,
    ), form.status
