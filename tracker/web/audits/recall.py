"""Taking back an audit on the day it was sent."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.rules.tool import ABOUT_NUMBER
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, list_of, when_words
from tracker.web.audits.opening import opened, whole
from tracker.web.forms import Form, VersionField
from tracker.web.saving import done, saving


class RecallForm(Form):
    """Takes an audit back as it was shown."""

    version = VersionField()


@bp.route("/audits/<public_id>/recall", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_recall(subject: Audit) -> ResponseReturnValue:
    """Ask whether a sent audit is to be taken back, and open it again."""
    form = RecallForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            commands.recall_audit(session, audit, version=form.version.number, by=current_person())
            return done(
                f"Taken back: {audit.case.code}",
                text="It is a draft again, and is not counted until you send it.",
                to="audits.audit_section",
                public_id=audit.public_id,
                number=ABOUT_NUMBER,
            )
    audit = opened(subject)
    form.version.data = str(audit.version)
    list_label, list_url = list_of(audit)
    return render_template(
        "audits/audit_recall.html",
        form=form,
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        when=when_words(audit),
        why_not=commands.why_not_recalled(db_session(), audit),
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
    ), form.status
