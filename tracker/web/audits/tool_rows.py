"""What the pages of tools show as plain rows: versions, sections, questions; nothing is decided about them here."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from tracker.audits import queries
from tracker.audits.models import AuditTool, Theme
from tracker.audits.rules.tool import Section, Tool, ToolState
from tracker.audits.rules.tool_editing import is_fixed
from tracker.audits.rules.tool_facts import category_words, place_of
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.web.templating import day


@dataclass(frozen=True)
class VersionRow:
    """A version in the list of tools."""

    title: str
    url: str
    state: str
    since: str
    used: str


@dataclass(frozen=True)
class QuestionRow:
    """A question of a tool as its page lists it."""

    place: str
    text: str
    facts: str
    url: str
    act_url: str
    may_rise: bool
    may_fall: bool


@dataclass(frozen=True)
class SectionRow:
    """A section of a tool as its page lists it."""

    heading: str
    anchor: str
    question: str
    facts: str
    questions: list[QuestionRow]
    url: str
    act_url: str
    add_url: str
    may_rise: bool
    may_fall: bool
    may_go: bool


def whole_tool(stored: AuditTool) -> Tool:
    """Return what a stored version asks, as the rules take it."""
    return queries.tools_by_id(db_session(), [stored.id])[stored.id]


def theme_names(themes: list[Theme]) -> dict[str, str]:
    """Return the names of themes by their codes."""
    return {one.code: one.name for one in themes}


def themes_for(tool: Tool) -> list[Theme]:
    """Return the themes that may be chosen now, and those that the tool names already although they have ended."""
    today = clock.today()
    offered = {one.code for one in queries.themes_on(db_session(), today)}
    return [one for one in queries.themes(db_session()) if one.code in offered or one.code in tool.themes]


def address_part(name: str) -> int:
    """Return a number of the address that was asked for."""
    return int((request.view_args or {})[name])


def url_of(stored: AuditTool, endpoint: str = "audits.tool_show", **more: Any) -> str:
    """Return the address of a page about a version of a tool."""
    return url_for(endpoint, slug=stored.slug, edition=stored.number, **more)


def version_row(stored: AuditTool, used: int) -> VersionRow:
    """Return a version as the list of tools shows it."""
    return VersionRow(
        title=stored.title,
        url=url_of(stored),
        state=stored.state.words,
        since=since_words(stored),
        used=counted(used, "audit") if used else "None",
    )


def since_words(stored: AuditTool) -> str:
    """Say from when to when a version was in use."""
    if stored.live_on is None:
        return "Not in use yet"
    if stored.retired_on is None:
        return f"Since {day(stored.live_on)}"
    return f"{day(stored.live_on)} to {day(stored.retired_on)}"


def section_rows(stored: AuditTool, tool: Tool, names: dict[str, str]) -> list[SectionRow]:
    """Return the sections with their questions, and what may be done with each while it is a draft."""
    is_draft = stored.state is ToolState.DRAFT
    return [_section(stored, tool, section, names, is_draft=is_draft) for section in tool.sections]


def _section(stored: AuditTool, tool: Tool, section: Section, names: dict[str, str], *, is_draft: bool) -> SectionRow:
    number = section.number
    fixed = is_fixed(tool, number)
    return SectionRow(
        heading=section.heading,
        anchor=f"section-{number}",
        question=section.question,
        facts=_section_words(section, names) if not fixed else "",
        questions=_questions(stored, section, names, is_draft=is_draft),
        url=url_of(stored, "audits.tool_section_change", section=number) if is_draft else "",
        act_url=url_of(stored, "audits.tool_section_act", section=number),
        add_url=url_of(stored, "audits.tool_question_add", section=number) if is_draft and not fixed else "",
        may_rise=is_draft and not fixed and not is_fixed(tool, number - 1),
        may_fall=is_draft and not fixed and not is_fixed(tool, number + 1),
        may_go=is_draft and not fixed and not section.questions,
    )


def _section_words(section: Section, names: dict[str, str]) -> str:
    if not section.is_graded:
        return "Not graded"
    theme = names.get(section.theme, section.theme) if section.theme else "no theme"
    return f"Graded · {theme} · {section.nature.words.lower()}"


def _questions(stored: AuditTool, section: Section, names: dict[str, str], *, is_draft: bool) -> list[QuestionRow]:
    rows = []
    for position, question in enumerate(section.questions, start=1):
        at = {"section": section.number, "position": position}
        theme = names.get(question.theme, question.theme) if question.theme else "no theme"
        parts = [question.kind.words, theme, question.nature.words.lower(), category_words(question.categories)]
        rows.append(
            QuestionRow(
                place=place_of(section, position),
                text=question.text,
                facts=" · ".join([*parts, "has to be answered" if question.is_required else "can be left out"]),
                url=url_of(stored, "audits.tool_question_change", **at) if is_draft else "",
                act_url=url_of(stored, "audits.tool_question_act", **at),
                may_rise=is_draft and position > 1,
                may_fall=is_draft and position < len(section.questions),
            )
        )
    return rows
