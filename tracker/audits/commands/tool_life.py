"""The life of audit tools: beginning one, the next version, what is declared equal, and taking one out of use."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.tools import draft_tool, write_tool
from tracker.audits.models import AuditTool
from tracker.audits.queries.tools import drafted_tool, tools_by_id
from tracker.audits.rules.first_tool import DEFAULT_SLUG
from tracker.audits.rules.tool import Section, Tool, ToolState
from tracker.audits.rules.tool_changes import placed
from tracker.audits.rules.tool_document import tool_from
from tracker.audits.rules.tool_editing import TITLE_LENGTH, blank_tool, copied
from tracker.audits.rules.tool_facts import place_of
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, slug
from tracker.people.models import Person


def begin_tool(session: Session, *, name: str, like: int | None = None, by: Person) -> AuditTool:
    """Draft the first version of a tool under a name of its own, blank or asking what a stored version asks.

    Raises `Invalid` on a name that is empty or too long and `Conflict` when a tool has it.
    """
    name = one_line(name)
    if not name:
        raise Invalid("name", "Enter a name for the tool")
    keep_to("name", name, what="The name", most=TITLE_LENGTH)
    address = slug(name)
    taken = select(AuditTool.id).where((func.lower(AuditTool.name) == name.lower()) | (AuditTool.slug == address))
    if session.scalar(taken.limit(1)):
        raise Conflict("name", "There is a tool of this name already. Make a new version of it, or take another name")
    if like is None:
        return draft_tool(session, blank_tool(address, name), by=by)
    model = tools_by_id(session, [like]).get(like)
    if model is None:
        raise Invalid("like", "Choose a tool from the list")
    return draft_tool(session, replace(copied(model, address=address, name=name), asks_every_theme=False), by=by)


def begin_version(session: Session, stored: AuditTool, *, by: Person) -> AuditTool:
    """Draft the next version of a tool, asking what a version of it asks; nothing is equal until it is declared.

    Raises `Conflict` while another version of it is being drafted: two of them could not both come next.
    """
    if (draft := drafted_tool(session, stored.slug)) is not None:
        raise Conflict(None, f"Version {draft.number} is being drafted already: go on with that")
    return draft_tool(session, copied(tools_by_id(session, [stored.id])[stored.id]), by=by)


def tool_from_file(session: Session, content: bytes, *, by: Person | None) -> AuditTool:
    """Draft a tool from a document: the next version where a tool has its address, else a tool of its own.

    Raises `Invalid` with what is wrong in the document and `Conflict` as `begin_version`.
    """
    tool = tool_from(content)
    if (draft := drafted_tool(session, tool.slug)) is not None:
        raise Conflict(None, f"Version {draft.number} of {draft.name} is being drafted already: go on with that")
    return draft_tool(session, tool, by=by)


def declare_equal(
    session: Session,
    stored: AuditTool,
    *,
    sections: Mapping[int, int | None],
    questions: Mapping[str, int | None],
    version: int,
    by: Person,
) -> AuditTool:
    """Say which grades and questions of a draft mean the same as those of the version before, and which do not.

    Sections are named by their number, questions by their place ("3.2"); what is not named keeps what was declared.
    Raises `Invalid` where two cannot be equal, and what `write_tool` raises.
    """
    found = tools_by_id(session, {stored.id, stored.follows_id or stored.id})
    before = found.get(stored.follows_id or 0)
    if before is None:
        raise Invalid(None, "This is the first version, so there is nothing before that it could equal")
    changed = [_declared(one, sections, questions) for one in found[stored.id].sections]
    tool = replace(found[stored.id], sections=tuple(changed))
    _check_equal(before, tool)
    return write_tool(session, stored, tool, version=version, by=by)


def retire_tool(session: Session, stored: AuditTool, *, version: int, by: Person) -> AuditTool:
    """Take a tool out of use from today: no more files are given out with it, and those that were keep it.

    Raises `Conflict` when it is not in use, when somebody changed it since, and for the tool that audits are given out
    with where nothing else is said: that one ends when its next version is put in use.
    """
    if stored.version != version:
        raise Conflict(None, "Somebody else changed this tool while you were looking at it")
    if stored.state is not ToolState.LIVE:
        raise Conflict(None, "Only a tool that is in use can be taken out of use")
    if stored.slug == DEFAULT_SLUG:
        raise Conflict(
            None, "Files are given out with this tool unless another is chosen. Put a new version in its place"
        )
    stored.state, stored.retired_on, stored.changed_by = ToolState.RETIRED, clock.today(), by.id
    session.flush()
    return stored


def _declared(section: Section, sections: Mapping[int, int | None], questions: Mapping[str, int | None]) -> Section:
    asked = [
        replace(one, equals_id=questions.get(place_of(section, position), one.equals_id))
        for position, one in enumerate(section.questions, start=1)
    ]
    return replace(section, equals_id=sections.get(section.number, section.equals_id), questions=tuple(asked))


def _check_equal(before: Tool, tool: Tool) -> None:
    """Refuse what cannot be equal: a grade to no grade, an answer to another kind of answer, two to the same one."""
    kinds = {one.question.id: one.question.kind for one in placed(before)}
    for one in placed(tool):
        if one.question.equals_id and kinds.get(one.question.equals_id) is not one.question.kind:
            raise Invalid(None, f"Question {one.place} can equal only a question that is answered in the same way")
    graded = {one.id for one in before.sections if one.is_graded}
    for section in tool.sections:
        if section.equals_id and not (section.is_graded and section.equals_id in graded):
            raise Invalid(None, f"{section.heading} can equal only a section with a grade")
    for ids in (
        [section.equals_id for section in tool.sections if section.equals_id],
        [one.question.equals_id for one in placed(tool) if one.question.equals_id],
    ):
        if len(set(ids)) < len(ids):
            raise Invalid(None, "Two cannot equal the same one of the version before: choose which of them does")
