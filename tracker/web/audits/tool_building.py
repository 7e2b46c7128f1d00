"""Building a draft of a tool: adding and mending sections and questions, ordering and removing them."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.tool import GENERAL_DESCRIPTORS, Question, Section, Tool, ToolState
from tracker.audits.rules.tool_editing import (
    is_fixed,
    moved_question,
    moved_section,
    put_question,
    put_section,
    with_question,
    with_section,
    without_question,
    without_section,
)
from tracker.audits.rules.tool_facts import place_of
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.tool_forms import FixedSectionForm, PressForm, QuestionForm, SectionForm
from tracker.web.audits.tool_rows import address_part, themes_for, url_of, whole_tool
from tracker.web.audits.tools import not_done
from tracker.web.saving import done, saving

_STEPS = {"up": -1, "down": 1}
_NOTHING = "There is nothing to move or remove there any more"
_NEW = Section(0, "new", "", "")


def _version(session: Session, /, slug: str, edition: int, **places: int) -> AuditTool | None:
    """Return the version; whether it has such a section or question is asked once it may be changed."""
    del places
    return queries.tool_version(session, slug, edition)


@bp.route("/audits/tools/<slug>/<int:edition>/sections/new", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_section_add(stored: AuditTool) -> ResponseReturnValue:
    """Add a section before the last."""
    tool = _drafted(stored)
    form = SectionForm()
    form.offer(themes_for(tool))
    if not form.is_submitted() and not form.is_held:
        form.show(Section(0, "new", "", "", descriptors=GENERAL_DESCRIPTORS), stored.version)
    if form.validate_on_submit():
        section = form.filled(_NEW)
        with saving(form) as session:
            return _kept(
                session, stored, with_section(tool, section), form=form, title=f"Section added: {section.title}"
            )
    return _section_page(stored, tool, form, heading="Add a section", button="Add this section")


@bp.route("/audits/tools/<slug>/<int:edition>/sections/<int:section>", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_section_change(stored: AuditTool) -> ResponseReturnValue:
    """Mend a section; of the first and the last only their words."""
    tool = _drafted(stored)
    section = _section(tool)
    form = FixedSectionForm() if is_fixed(tool, section.number) else SectionForm()
    if isinstance(form, SectionForm):
        form.offer(themes_for(tool))
    if not form.is_submitted() and not form.is_held:
        form.show(section, stored.version)
    if form.validate_on_submit():
        changed = put_section(tool, form.filled(section))
        with saving(form) as session:
            title = f"Section saved: {changed.by_number[section.number].heading}"
            return _kept(session, stored, changed, form=form, title=title, number=section.number)
    return _section_page(stored, tool, form, heading=f"Section {section.heading}", button="Save this section")


@bp.post("/audits/tools/<slug>/<int:edition>/sections/<int:section>/act")
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_section_act(stored: AuditTool) -> ResponseReturnValue:
    """Move a section up or down, or remove it once it holds no question."""
    tool, way = _drafted(stored), request.form.get("way", "")
    section = _section(tool)
    if way == "remove":
        return _pressed(stored, without_section(tool, section.number), f"Section removed: {section.title}")
    return _pressed(stored, moved_section(tool, section.number, _step(way)), f"Section moved: {section.title}")


@bp.route("/audits/tools/<slug>/<int:edition>/sections/<int:section>/questions/new", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_question_add(stored: AuditTool) -> ResponseReturnValue:
    """Add a question at the end of a section."""
    tool = _drafted(stored)
    section = _section(tool)
    if is_fixed(tool, section.number):
        abort(404)
    form = _question_form(stored, tool, section, Question(""))
    if form.validate_on_submit():
        with saving(form) as session:
            number = int(form.section.data)
            changed = with_question(tool, number, form.filled())
            held = changed.by_number[number]
            place = place_of(held, len(held.questions))
            return _kept(session, stored, changed, form=form, title=f"Question added: {place}", number=number)
    heading = f"Add a question to {section.heading}"
    return _question_page(stored, form, section, None, heading=heading, button="Add this question")


@bp.route("/audits/tools/<slug>/<int:edition>/sections/<int:section>/questions/<int:position>", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_question_change(stored: AuditTool) -> ResponseReturnValue:
    """Mend a question, or give it to another section."""
    tool = _drafted(stored)
    section, position = _section(tool), address_part("position")
    question = _question(section, position)
    form = _question_form(stored, tool, section, question)
    if form.validate_on_submit():
        with saving(form) as session:
            to = int(form.section.data)
            changed = put_question(tool, section.number, position, form.filled(), to=to)
            title = f"Question saved: {place_of(section, position)}"
            return _kept(session, stored, changed, form=form, title=title, number=to)
    heading = f"Question {place_of(section, position)}"
    return _question_page(stored, form, section, question, heading=heading, button="Save this question")


@bp.post("/audits/tools/<slug>/<int:edition>/sections/<int:section>/questions/<int:position>/act")
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_question_act(stored: AuditTool) -> ResponseReturnValue:
    """Move a question up or down in its section, or remove it."""
    tool, way = _drafted(stored), request.form.get("way", "")
    section, position = _section(tool), address_part("position")
    _question(section, position)
    place = place_of(section, position)
    if way == "remove":
        return _pressed(stored, without_question(tool, section.number, position), f"Question removed: {place}")
    return _pressed(stored, moved_question(tool, section.number, position, _step(way)), f"Question moved: {place}")


def _drafted(stored: AuditTool) -> Tool:
    """Return what a draft asks; a version that is in use, or was, is only read: its page answers instead."""
    if stored.state is not ToolState.DRAFT:
        abort(redirect(url_of(stored), 303))
    return whole_tool(stored)


def _section(tool: Tool) -> Section:
    return tool.by_number.get(address_part("section")) or abort(404)


def _question(section: Section, position: int) -> Question:
    if not 1 <= position <= len(section.questions):
        abort(404)
    return section.questions[position - 1]


def _question_form(stored: AuditTool, tool: Tool, section: Section, question: Question) -> QuestionForm:
    form = QuestionForm()
    form.offer(tool, themes_for(tool))
    if not form.is_submitted() and not form.is_held:
        form.show(section, question, stored.version)
    return form


def _step(way: str) -> int:
    return _STEPS.get(way) or abort(400)


def _kept(
    session: Session,
    stored: AuditTool,
    tool: Tool,
    *,
    form: FixedSectionForm | QuestionForm,
    title: str,
    number: int = 0,
) -> ResponseReturnValue:
    """Keep a changed draft and go back to its page, to the section that was changed."""
    _write(session, stored, tool, form.version.number)
    anchor = f"section-{number}" if number else None
    return done(title, to="audits.tool_show", slug=stored.slug, edition=stored.number, _anchor=anchor)


def _pressed(stored: AuditTool, tool: Tool | None, title: str) -> ResponseReturnValue:
    """Keep what a button alone changed; where it could not, say why on the page of the tool."""
    form = PressForm()
    if form.validate_on_submit():
        with saving(form) as session:
            if tool is None:
                raise Invalid(None, _NOTHING)
            _write(session, stored, tool, form.version.number)
            return done(title, to="audits.tool_show", slug=stored.slug, edition=stored.number)
    return not_done(stored, form)


def _write(session: Session, stored: AuditTool, tool: Tool, version: int) -> None:
    draft = queries.audit_tool(session, stored.slug, stored.number) or abort(404)
    commands.write_tool(session, draft, tool, version=version, by=current_person())


def _section_page(
    stored: AuditTool, tool: Tool, form: FixedSectionForm, *, heading: str, button: str
) -> ResponseReturnValue:
    now = _now(stored, form)
    return render_template(
        "audits/tool_section.html",
        heading=heading,
        button=button,
        form=form,
        is_whole=isinstance(form, SectionForm),
        tool=(stored.title, url_of(stored)),
        stored=_words_of(now.by_number.get(address_part("section"))) if now and "section" in _address() else None,
    ), form.status


def _question_page(
    stored: AuditTool, form: QuestionForm, section: Section, question: Question | None, *, heading: str, button: str
) -> ResponseReturnValue:
    now = _now(stored, form)
    place = now.by_number.get(section.number) if now and question else None
    asked = place.questions[address_part("position") - 1 :][:1] if place else ()
    return render_template(
        "audits/tool_question.html",
        heading=heading,
        button=button,
        form=form,
        section=section.heading,
        tool=(stored.title, url_of(stored)),
        stored=asked[0].text if asked else None,
    ), form.status


def _now(stored: AuditTool, form: FixedSectionForm | QuestionForm) -> Tool | None:
    """Return what is stored after somebody was quicker, and let the form go on from there."""
    if not form.is_stale:
        return None
    fresh = queries.tool_version(db_session(), stored.slug, stored.number) or abort(404)
    form.version.data = str(fresh.version)
    return whole_tool(fresh)


def _address() -> dict[str, object]:
    return dict(request.view_args or {})


def _words_of(section: Section | None) -> str | None:
    return f"{section.heading}: {section.question}" if section else None
