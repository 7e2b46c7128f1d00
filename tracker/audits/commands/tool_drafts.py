"""A draft of an audit tool as a whole: naming it anew, and throwing it away; what it asks is written elsewhere."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.tools import FROZEN, write_tool
from tracker.audits.models import AuditTool
from tracker.audits.queries.tools import tools_by_id
from tracker.audits.rules.tool import ToolState
from tracker.audits.rules.tool_editing import TITLE_LENGTH
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person


def rename_tool(session: Session, stored: AuditTool, *, name: str, version: int, by: Person) -> AuditTool:
    """Give a draft another name; its address stays, and so do the names of versions that were in use.

    It comes with its sections and questions. Raises `Invalid` on a name that is empty or too long, `Conflict` when
    another tool has it, and what `write_tool` raises.
    """
    name = one_line(name)
    if not name:
        raise Invalid("name", "Enter a name for the tool")
    keep_to("name", name, what="The name", most=TITLE_LENGTH)
    taken = select(AuditTool.id).where(func.lower(AuditTool.name) == name.lower(), AuditTool.slug != stored.slug)
    if session.scalar(taken.limit(1)):
        raise Conflict("name", "There is another tool of this name. Take another name")
    tool = tools_by_id(session, [stored.id])[stored.id]
    return write_tool(session, stored, replace(tool, name=name), version=version, by=by)


def discard_draft(session: Session, stored: AuditTool, *, version: int) -> None:
    """Throw a draft away with all that it asks; it comes with its sections and questions. Nothing was audited with it.

    Raises `Conflict` on a version that is in use or was, or that somebody changed since.
    """
    if stored.state is not ToolState.DRAFT:
        raise Conflict(None, FROZEN)
    if stored.version != version:
        raise Conflict(None, "Somebody else changed this tool while you were looking at it")
    session.delete(stored)
    session.flush()
