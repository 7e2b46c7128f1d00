"""The invented council's tools beside its monthly one: a short one that came as a file, and a draft of the next."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tracker.audits import commands, queries
from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.tool_editing import copied, moved_section, with_question
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import SEEDS

_BROUGHT, _DRAFTED = "-40d", "-6d"
# What the next version asks beside, without a theme yet, so that its check has something to say.
_NEXT = Question("Do family and network have a plan of their own?", AnswerKind.MET, nature=Nature.IMPACT)
_REWORDED = "Is what happened before weighed against what is happening now?"


def tools(council: Council) -> Iterator[Entry]:
    """Give the day on which the short tool was put in use, and the day on which the next version was begun."""
    yield Entry(council.offsets.day(_BROUGHT), council.moderator, partial(_bring, council))
    yield Entry(council.offsets.day(_DRAFTED), council.moderator, partial(_draft, council))


def _bring(council: Council) -> None:
    content = (SEEDS / "tool.json").read_bytes()
    stored = commands.tool_from_file(council.session, content, by=council.moderator)
    commands.make_tool_live(council.session, stored, by=council.moderator)


def _draft(council: Council) -> None:
    live = queries.live_tool(council.session)
    if live is None:
        raise LookupError("There is no tool in use.")
    asked = queries.tools_by_id(council.session, [live.id])[live.id]
    commands.draft_tool(council.session, _changed(copied(asked)), by=council.moderator)


def _changed(tool: Tool) -> Tool:
    """Reword a section, add a question, and put working with partners before management oversight."""
    sections = tuple(_reworded(section) for section in tool.sections)
    tool = replace(tool, sections=sections)
    numbers = {section.code: section.number for section in tool.sections}
    return moved_section(with_question(tool, numbers["plan"], _NEXT), numbers["partners"], -1) or tool


def _reworded(section: Section) -> Section:
    return replace(section, question=_REWORDED) if section.code == "assessment" else section
