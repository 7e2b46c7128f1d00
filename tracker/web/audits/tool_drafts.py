"""A draft of a tool as a whole: its name, and throwing it away; what it asks is built elsewhere."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.tool import ToolState
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.tool_forms import PressForm, ToolNameForm
from tracker.web.audits.tool_rows import url_of
from tracker.web.forms import answered
from tracker.web.saving import done, saving, told


def _version(session: Session, slug: str, edition: int) -> AuditTool | None:
    return queries.audit_tool(session, slug, edition)


@bp.route("/audits/tools/<slug>/<int:edition>/name", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_rename(stored: AuditTool) -> ResponseReturnValue:
    """Give a draft another name."""
    if stored.state is not ToolState.DRAFT:
        return _frozen(stored)
    form = ToolNameForm()
    if not form.is_submitted() and not form.is_held:
        form.version.data, form.name.data = str(stored.version), stored.name
    if form.validate_on_submit():
        with saving(form) as session:
            name, version = answered(form.name.data), form.version.number
            changed = commands.rename_tool(session, stored, name=name, version=version, by=current_person())
            return done(f"Name saved: {changed.name}", to="audits.tool_show", slug=changed.slug, edition=changed.number)
    heading = f"Name of {stored.title}"
    return render_template("audits/tool_rename.html", heading=heading, form=form, back_url=url_of(stored)), form.status


@bp.route("/audits/tools/<slug>/<int:edition>/discard", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_discard(stored: AuditTool) -> ResponseReturnValue:
    """Throw a draft away, having said what goes with it."""
    if stored.state is not ToolState.DRAFT:
        return _frozen(stored)
    form, title = PressForm(data={"version": stored.version}), stored.title
    if form.validate_on_submit():
        with saving(form) as session:
            commands.discard_draft(session, stored, version=form.version.number)
            return done(f"Thrown away: {title}", to="audits.tool_index")
    heading = f"Throw {title} away"
    return render_template("audits/tool_discard.html", heading=heading, form=form, back_url=url_of(stored)), form.status


def _frozen(stored: AuditTool) -> ResponseReturnValue:
    where = {"slug": stored.slug, "edition": stored.number}
    return told("Only a draft is renamed or thrown away", to="audits.tool_show", kind="info", **where)
