"""All files of past audits that came in, and taking one back while nobody has worked on its audits."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.past_undoing import undo_past, why_past_stays
from tracker.audits.models import AuditImport, AuditRound
from tracker.audits.queries import round_to_be
from tracker.audits.queries.imports import past_import, past_import_count, past_imports, unfinished_past
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.past_rows import begun_lines, made_lines
from tracker.web.forms import Form
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving


@bp.get("/audits/imports")
@requires(Permission.ROUND_MANAGE, about=round_to_be)
def past_index(_: AuditRound) -> ResponseReturnValue:
    """List the files that came in, those taken back included, after what one has begun oneself."""
    session = db_session()
    page = page_of(past_import_count(session), lambda number: url_for("audits.past_index", page=number))
    found = past_imports(session, limit=A_PAGE, offset=page.offset)
    begun = begun_lines(unfinished_past(session, current_person()))
    return render_template("audits/past_index.html", rows=made_lines(found), page=page, begun=begun)


@bp.route("/audits/imports/<int:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=past_import)
def past_undo(made: AuditImport) -> ResponseReturnValue:
    """Say what taking past audits back would do, or why they cannot be, and take them back."""
    form, what = Form(), counted(made.accepted, "past audit")
    if made.undone_at is not None:
        return redirect(url_for("audits.past_index"), 303)
    if form.validate_on_submit():
        with saving(form) as session:
            undo_past(session, made, by=current_person())
            return done(f"Taken back: {what}", to="audits.past_index")
    reason = why_past_stays(db_session(), made)
    return render_template("audits/past_undo.html", form=form, made=made, what=what, reason=reason), form.status
