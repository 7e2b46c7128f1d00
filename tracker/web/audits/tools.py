"""Audit tools: the list of versions, making a tool or its next version, one version, and taking one out of use."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.first_tool import DEFAULT_SLUG
from tracker.audits.rules.tool import ToolState
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.tool_forms import NewToolForm, PressForm
from tracker.web.audits.tool_rows import section_rows, since_words, theme_names, url_of, version_row, whole_tool
from tracker.web.forms import Form, answered
from tracker.web.saving import done, saving, told


@bp.get("/audits/tools")
@requires(Permission.TOOL_MANAGE)
def tool_index() -> ResponseReturnValue:
    """List every tool with its versions, the newest of each first."""
    session = db_session()
    used = queries.audits_by_tool(session)
    rows = [version_row(one, used.get(one.id, 0)) for one in queries.tool_versions(session)]
    return render_template("audits/tool_index.html", heading="Audit tools", rows=rows)


@bp.route("/audits/tools/new", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE)
def tool_new() -> ResponseReturnValue:
    """Draft a tool of its own name, blank or as a copy."""
    form = NewToolForm()
    form.offer(queries.tool_versions(db_session()))
    if form.validate_on_submit():
        with saving(form) as session:
            made = commands.begin_tool(session, name=answered(form.name.data), like=form.model_id, by=current_person())
            return done(f"Draft made: {made.title}", to="audits.tool_show", slug=made.slug, edition=made.number)
    return render_template("audits/tool_new.html", heading="Make a tool", form=form), form.status


@bp.get("/audits/tools/<slug>/<int:edition>")
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_show(stored: AuditTool) -> ResponseReturnValue:
    """Show what a version asks, with the ways to change it while it is a draft."""
    tool = whole_tool(stored)
    names = theme_names(queries.themes(db_session()))
    asked = sum(len(section.questions) for section in tool.sections)
    graded = counted(len(tool.graded_numbers), "section grade")
    draft = queries.drafted_tool(db_session(), stored.slug)
    return render_template(
        "audits/tool_show.html",
        heading=stored.title,
        summary=f"{stored.state.words} · {since_words(stored)} · {graded} and {counted(asked, 'question')}",
        sections=section_rows(stored, tool, names),
        is_draft=stored.state is ToolState.DRAFT,
        tool_version=stored.version,
        draft=(draft.title, url_of(draft)) if draft and draft.id != stored.id else None,
        **_addresses(stored),
    )


@bp.post("/audits/tools/<slug>/<int:edition>/next")
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_next(stored: AuditTool) -> ResponseReturnValue:
    """Draft the next version, asking what this one asks."""
    form = Form()
    if form.validate_on_submit():
        with saving(form) as session:
            made = commands.begin_version(session, stored, by=current_person())
            return done(f"Draft made: {made.title}", to="audits.tool_show", slug=made.slug, edition=made.number)
    return not_done(stored, form)


@bp.route("/audits/tools/<slug>/<int:edition>/retire", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_retire(stored: AuditTool) -> ResponseReturnValue:
    """Take a tool out of use, having said what that means."""
    form = PressForm(data={"version": stored.version})
    if form.validate_on_submit():
        with saving(form) as session:
            commands.retire_tool(session, stored, version=form.version.number, by=current_person())
            return done(f"No longer in use: {stored.title}", to="audits.tool_index")
    if stored.state is not ToolState.LIVE and not form.problems:
        return told("Only a tool that is in use can be taken out of use", to="audits.tool_index", kind="info")
    heading = f"Take {stored.title} out of use"
    return render_template("audits/tool_retire.html", heading=heading, form=form, back_url=url_of(stored)), form.status


def not_done(stored: AuditTool, form: Form) -> ResponseReturnValue:
    """Go back to the page of a tool and say there why a button did nothing."""
    why = form.problems[0][1]
    return told(why, to="audits.tool_show", kind="problem", slug=stored.slug, edition=stored.number)


def _addresses(stored: AuditTool) -> dict[str, str | None]:
    """Return where the page of a version leads; each address only where there is something to do."""
    is_draft, follows = stored.state is ToolState.DRAFT, stored.follows_id is not None
    may_end = stored.state is ToolState.LIVE and stored.slug != DEFAULT_SLUG
    return {
        "add_url": url_of(stored, "audits.tool_section_add") if is_draft else None,
        "check_url": url_of(stored, "audits.tool_check") if is_draft else None,
        "equal_url": url_of(stored, "audits.tool_equal") if is_draft and follows else None,
        "compare_url": url_of(stored, "audits.tool_compare") if follows else None,
        "preview_url": url_of(stored, "audits.tool_preview", section=2),
        "print_url": url_of(stored, "audits.tool_print"),
        "file_url": url_of(stored, "audits.tool_file"),
        "rename_url": url_of(stored, "audits.tool_rename") if is_draft else None,
        "discard_url": url_of(stored, "audits.tool_discard") if is_draft else None,
        "next_url": None if is_draft else url_of(stored, "audits.tool_next"),
        "retire_url": url_of(stored, "audits.tool_retire") if may_end else None,
        "index_url": url_for("audits.tool_index"),
    }
