"""Before a tool is put in use: what it lacks, what is weak, what changed, and what means the same as before."""

from typing import Any

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.tool import Section, Tool, ToolState
from tracker.audits.rules.tool_changes import Placed, differences, placed, same_sections, same_words
from tracker.audits.rules.tool_review import Remark, lacking, weaknesses
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.tool_forms import ALL_ALIKE, EqualForm, PressForm, equal_form
from tracker.web.audits.tool_rows import theme_names, url_of, whole_tool
from tracker.web.forms import choice
from tracker.web.saving import done, saving


@bp.route("/audits/tools/<slug>/<int:edition>/check", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_check(stored: AuditTool) -> ResponseReturnValue:
    """Show what a draft lacks and what in it is weak, and put it in use."""
    if stored.state is not ToolState.DRAFT:
        return redirect(url_of(stored), 303)
    form = PressForm(data={"version": stored.version})
    if form.validate_on_submit():
        with saving(form) as session:
            commands.make_tool_live(session, stored, version=form.version.number, by=current_person())
            return done(f"In use from today: {stored.title}", to="audits.tool_index")
    fresh = _fresh(stored)
    form.version.data = str(fresh.version)
    tool, before = whole_tool(fresh), _before(fresh)
    names = theme_names(queries.themes_on(db_session(), clock.today()))
    live = queries.live_tool(db_session(), fresh.slug)
    return render_template(
        "audits/tool_check.html",
        heading=f"Check {fresh.title}",
        form=form,
        tool=(fresh.title, url_of(fresh)),
        lacking=[_remark(fresh, one) for one in lacking(tool)],
        weak=[_remark(fresh, one) for one in weaknesses(tool, names, before)],
        replaces=live.title if live else None,
        compare_url=url_of(fresh, "audits.tool_compare") if before else None,
    ), form.status


@bp.get("/audits/tools/<slug>/<int:edition>/compare")
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_compare(stored: AuditTool) -> ResponseReturnValue:
    """Say in words what a version changes against the one before."""
    before = _before(stored) or abort(404)
    names = theme_names(queries.themes(db_session()))
    return render_template(
        "audits/tool_compare.html",
        heading=f"What {stored.title} changes",
        tool=(stored.title, url_of(stored)),
        before=before.title,
        differences=differences(before, whole_tool(stored), names),
    )


@bp.route("/audits/tools/<slug>/<int:edition>/equal", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_equal(stored: AuditTool) -> ResponseReturnValue:
    """Declare which grades and questions mean the same as those of the version before."""
    if stored.state is not ToolState.DRAFT:
        return redirect(url_of(stored), 303)
    before, tool = _before(stored) or abort(404), whole_tool(stored)
    form = _equal_form(before, tool)
    if form.validate_on_submit():
        with saving(form) as session:
            sections, questions = _chosen(form, before, tool)
            draft = queries.audit_tool(session, stored.slug, stored.number) or abort(404)
            commands.declare_equal(
                session,
                draft,
                sections=sections,
                questions=questions,
                version=form.version.number,
                by=current_person(),
            )
            return done("Saved: what means the same as before", to="audits.tool_equal", **_address(stored))
    if form.is_stale or not form.is_submitted():
        form.version.data = str(_fresh(stored).version)
    return render_template(
        "audits/tool_equal.html",
        heading=f"What means the same in {stored.title}",
        form=form,
        tool=(stored.title, url_of(stored)),
        before=before.title,
        rows=_equal_rows(form, before, tool),
        alike=ALL_ALIKE,
    ), form.status


def _fresh(stored: AuditTool) -> AuditTool:
    """Return the version as it is stored now, also after a save that was refused."""
    return queries.tool_version(db_session(), stored.slug, stored.number) or abort(404)


def _before(stored: AuditTool) -> Tool | None:
    if stored.follows_id is None:
        return None
    return queries.tools_by_id(db_session(), [stored.follows_id])[stored.follows_id]


def _address(stored: AuditTool) -> dict[str, Any]:
    return {"slug": stored.slug, "edition": stored.number}


def _remark(stored: AuditTool, remark: Remark) -> tuple[str, str]:
    number = remark.section_number
    return remark.words, url_of(stored, _anchor=f"section-{number}") if number else ""


def _section_name(section: Section) -> str:
    return f"section_{section.number}"


def _question_name(one: Placed) -> str:
    return f"question_{one.section.number}_{one.position}"


def _equal_form(before: Tool, tool: Tool) -> EqualForm:
    """Return a list for each grade and question: what of the version before is answered in the same way."""
    grades = [choice(str(one.id), one.heading) for one in before.sections if one.is_graded]
    offers = [
        (_section_name(one), f"The grade of {one.heading}", grades, str(one.equals_id or ""))
        for one in tool.sections
        if one.is_graded
    ]
    earlier = placed(before)
    for one in placed(tool):
        kind = one.question.kind
        alike = [
            choice(str(was.question.id), f"{was.place} {was.question.text}")
            for was in earlier
            if was.question.kind is kind
        ]
        label = f"Question {one.place}: {one.question.text}"
        offers.append((_question_name(one), label, alike, str(one.question.equals_id or "")))
    return equal_form(offers)


def _chosen(form: EqualForm, before: Tool, tool: Tool) -> tuple[dict[int, int | None], dict[str, int | None]]:
    """Return what was chosen; with the button for all that is alike, that as well where nothing was chosen."""
    sections = {one.number: _id(form[_section_name(one)].data) for one in tool.sections if one.is_graded}
    questions = {one.place: _id(form[_question_name(one)].data) for one in placed(tool)}
    if form.takes_alike:
        sections = {number: chosen or same_sections(before, tool).get(number) for number, chosen in sections.items()}
        questions = {place: chosen or same_words(before, tool).get(place) for place, chosen in questions.items()}
    return sections, questions


def _id(chosen: str | None) -> int | None:
    return int(chosen) if chosen else None


def _equal_rows(form: EqualForm, before: Tool, tool: Tool) -> list[tuple[Any, str]]:
    """Return each list with a hint where something of the version before has the same words."""
    graded = {one.id: one.heading for one in before.sections}
    asked = {one.question.id: one.place for one in placed(before)}
    sections, questions = same_sections(before, tool), same_words(before, tool)
    rows = [
        (form[_section_name(one)], _hint(graded.get(sections.get(one.number, 0))))
        for one in tool.sections
        if one.is_graded
    ]
    return rows + [(form[_question_name(one)], _hint(asked.get(questions.get(one.place, 0)))) for one in placed(tool)]


def _hint(found: str | None) -> str:
    return f"The same words as {found} of the version before." if found else ""
