"""Writing audit tools: only a draft is changed, one version is live at a time, and the default one comes with setup."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.audits.models import AuditTool, Theme, ToolQuestion, ToolSection
from tracker.audits.queries.tools import last_number, live_tool, tools_by_id
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.further_tools import FURTHER_TOOLS
from tracker.audits.rules.tool import Question, Section, Tool, ToolState, tool_fault
from tracker.audits.rules.tool_editing import words_fault
from tracker.audits.rules.tool_review import lacking
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person

FROZEN = "This version of the tool is in use or was, so it can no longer be changed. Make a new version"
_OPERATOR = 0


def add_default_tools(session: Session) -> int:
    """Add the default tool's versions (domain A2, Tool) that are not there; return how many were added.

    The themes are there already. Setting up runs it every time: of a tool that has gone on to a later version, nothing
    is added or changed.
    """
    known = last_number(session, DEFAULT_TOOL.slug)
    missing = [tool for tool in (FIRST_TOOL, DEFAULT_TOOL) if tool.number > known]
    for tool in missing:
        stored = _store(session, _declared_equal(session, tool), by=_OPERATOR)
        _go_live(session, stored, by=_OPERATOR)
    return len(missing)


def add_further_tools(session: Session) -> int:
    """Add the tools for observations and for supervision where there is none of their name; return how many were added.

    The themes are there already. A tool that was changed or retired since is left as it is.
    """
    missing = [tool for tool in FURTHER_TOOLS if not last_number(session, tool.slug)]
    for tool in missing:
        _go_live(session, _store(session, tool, by=_OPERATOR), by=_OPERATOR)
    return len(missing)


def _declared_equal(session: Session, tool: Tool) -> Tool:
    """Declare the grades of the default tool equal to those of the version before: their sections ask the same."""
    query = select(ToolSection.code, ToolSection.id).join(ToolSection.tool)
    query = query.where(AuditTool.slug == tool.slug, AuditTool.number == tool.number - 1, ToolSection.is_graded)
    before = {row.code: row.id for row in session.execute(query)}
    return replace(tool, sections=tuple(replace(one, equals_id=before.get(one.code)) for one in tool.sections))


def draft_tool(session: Session, tool: Tool, *, by: Person | None) -> AuditTool:
    """Store a new version of a tool as a draft: the first of its slug, or the one after the newest.

    Its number is worked out; ids that it carries are not looked at. Without a person it is the operator who does.
    Raises `Invalid` when the tool could not be used.
    """
    _check(session, tool)
    made_by = by.id if by else _OPERATOR
    return _store(session, replace(tool, number=last_number(session, tool.slug) + 1), by=made_by)


def keep_past_tool(session: Session, tool: Tool, *, since: date, until: date, by: int) -> AuditTool:
    """Store a version of a tool that was in use elsewhere, both days included, and is no more.

    `by` is the id of a person, 0 for a command. Raises `Invalid` as `draft_tool`.
    """
    _check(session, tool)
    stored = _store(session, replace(tool, number=last_number(session, tool.slug) + 1), by=by)
    stored.live_on, stored.retired_on, stored.state = since, until, ToolState.RETIRED
    session.flush()
    return stored


def write_tool(session: Session, stored: AuditTool, tool: Tool, *, version: int, by: Person) -> AuditTool:
    """Make a draft ask what `tool` asks; it comes with its sections and questions, all of which are written anew.

    Raises `Conflict` on a version that is live or was, or that somebody changed since, and `Invalid` as `draft_tool`.
    """
    if stored.state is not ToolState.DRAFT:
        raise Conflict(None, FROZEN)
    if stored.version != version:
        raise Conflict(None, "Somebody else changed this tool while you were writing")
    _check(session, tool)
    stored.name, stored.asks_every_theme = tool.name, tool.asks_every_theme
    stored.sections.clear()
    # Old rows go before new ones of the same numbers come.
    session.flush()
    _put_sections(session, stored, tool, by.id)
    stored.changed_at, stored.changed_by = clock.now(), by.id
    # Its own row may say what it said before; whoever began from there has still been overtaken.
    flag_modified(stored, "changed_at")
    session.flush()
    return stored


def make_tool_live(session: Session, stored: AuditTool, *, version: int | None = None, by: Person) -> AuditTool:
    """Put a draft in use from today and retire the version before; from now on it is frozen.

    Audits that were given out keep their version. Raises `Conflict` when it is no draft, or is not what was looked at
    any more, and `Invalid` while a section asks nothing.
    """
    if stored.state is not ToolState.DRAFT:
        raise Conflict(None, FROZEN)
    if version is not None and stored.version != version:
        raise Conflict(None, "Somebody else changed this tool while you were looking at it")
    if missing := lacking(tools_by_id(session, [stored.id])[stored.id]):
        raise Invalid(None, missing[0].words)
    _go_live(session, stored, by=by.id)
    return stored


def date_tool(session: Session, stored: AuditTool, *, live_on: date, by: Person) -> AuditTool:
    """Say since when a version has been in use, as where it was used on paper before it came here.

    The version before was in use until then, and this one until that day at least. Raises `Conflict` on a draft and
    `Invalid` on a day to come or before the version that it follows.
    """
    if stored.live_on is None:
        raise Conflict(None, "A draft has not been in use")
    before = session.get(AuditTool, stored.follows_id) if stored.follows_id else None
    if live_on > clock.today() or (before and before.live_on and live_on < before.live_on):
        raise Invalid("live_on", "Give a day that is past, and not before the version before came into use")
    stored.live_on, stored.changed_by = live_on, by.id
    if stored.retired_on:
        stored.retired_on = max(stored.retired_on, live_on)
    if before:
        before.retired_on, before.changed_by = live_on, by.id
    session.flush()
    return stored


def _go_live(session: Session, stored: AuditTool, *, by: int) -> None:
    today, before = clock.today(), live_tool(session, stored.slug)
    if before:
        before.state, before.retired_on, before.changed_by = ToolState.RETIRED, today, by
        # The database knows one live version at a time.
        session.flush()
    stored.state, stored.live_on, stored.changed_by = ToolState.LIVE, today, by
    session.flush()


def _store(session: Session, tool: Tool, *, by: int) -> AuditTool:
    before = session.scalar(
        select(AuditTool.id).where(AuditTool.slug == tool.slug).order_by(AuditTool.number.desc()).limit(1)
    )
    stored = AuditTool(
        slug=tool.slug,
        name=tool.name,
        number=tool.number,
        asks_every_theme=tool.asks_every_theme,
        follows_id=before,
        sections=[],
        created_by=by,
        changed_by=by,
    )
    session.add(stored)
    _put_sections(session, stored, tool, by)
    session.flush()
    return stored


def _check(session: Session, tool: Tool) -> None:
    if fault := tool_fault(tool) or words_fault(tool):
        raise Invalid(None, fault)
    if tool.themes - set(session.scalars(select(Theme.code))):
        raise Invalid(None, "Choose the themes from the list")


def _put_sections(session: Session, stored: AuditTool, tool: Tool, by: int) -> None:
    themes = {row.code: row.id for row in session.execute(select(Theme.code, Theme.id))}
    for section in tool.sections:
        made = _section(section, themes.get(section.theme or ""), by)
        made.questions = [
            _question(question, position, themes.get(question.theme or ""), by)
            for position, question in enumerate(section.questions, start=1)
        ]
        stored.sections.append(made)


def _section(section: Section, theme_id: int | None, by: int) -> ToolSection:
    return ToolSection(
        number=section.number,
        code=section.code,
        title=section.title,
        question=section.question,
        good=list(section.good),
        descriptors={grade.value: words for grade, words in section.descriptors.items()},
        is_graded=section.is_graded,
        theme_id=theme_id,
        nature=section.nature,
        equals_id=section.equals_id,
        created_by=by,
        changed_by=by,
    )


def _question(question: Question, position: int, theme_id: int | None, by: int) -> ToolQuestion:
    return ToolQuestion(
        position=position,
        text=question.text,
        kind=question.kind,
        theme_id=theme_id,
        nature=question.nature,
        categories=sorted(question.categories),
        is_required=question.is_required,
        equals_id=question.equals_id,
        created_by=by,
        changed_by=by,
    )
