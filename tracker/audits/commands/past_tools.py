"""Tools of past audits: one for each version that a file names, out of use, asking what that version asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.audits.commands.tools import keep_past_tool
from tracker.audits.models import AuditTool
from tracker.audits.queries.tools import tool_versions, tools_by_id
from tracker.audits.rules.answers import AnswerKind, AnswerValue, offered
from tracker.audits.rules.past import Doubt, PastAudit, PastReading
from tracker.audits.rules.past.mapping import heading
from tracker.audits.rules.tool import ABOUT_CODE, OVERALL_CODE, Question, Section, Tool, ToolState
from tracker.core.text import slug

_NAME = "Past audits"
_QUESTIONS = 2


@dataclass(frozen=True)
class PastTool:
    """A stored tool, and for each question of the file its own, None where this version did not ask it."""

    id: int
    questions: tuple[int | None, ...]


def past_tools(session: Session, reading: PastReading, *, by: int) -> tuple[dict[str, PastTool], list[Doubt]]:
    """Return by version, as headings are compared, the tools of a file, and the doubts that the made ones leave.

    A version that came in before with the very same questions is that tool; with others it becomes a new version of it.
    """
    found: dict[str, PastTool] = {}
    doubts: list[Doubt] = []
    for version, audits in _by_version(reading.audits).items():
        wanted = _wanted(reading, audits)
        stored = _known(session, wanted)
        if stored is None:
            days = [one.day for one in audits]
            stored = keep_past_tool(session, wanted, since=min(days), until=max(days), by=by)
            if audits[0].tool:
                words = "The version of the tool was not known here and was added"
                doubts.append(Doubt("unknown_tool", audits[0].row, words))
        found[version] = _placed(session, stored, reading)
    return found, doubts


def _by_version(audits: Iterable[PastAudit]) -> dict[str, list[PastAudit]]:
    found: defaultdict[str, list[PastAudit]] = defaultdict(list)
    for one in audits:
        found[heading(one.tool)].append(one)
    return found


def _wanted(reading: PastReading, audits: list[PastAudit]) -> Tool:
    version = audits[0].tool
    asked = reading.mapping.asked_by(version)
    questions = tuple(
        Question(_text(name), _kind(audits, place), theme=reading.mapping.questions[name])
        for place, name in enumerate(reading.questions)
        if name in asked
    )
    sections = (
        Section(1, ABOUT_CODE, "About the file", "When was the audit done?", is_graded=False),
        Section(_QUESTIONS, "questions", "Questions", "What did the audit ask?", questions=questions),
        Section(3, OVERALL_CODE, "Overall grade", "How good was the work as a whole?", is_graded=False),
    )
    name = f"{_NAME}: {version}" if version else _NAME
    return Tool(slug(name), name, 1, sections)


def _text(name: str) -> str:
    """Return a heading as a question is written."""
    return f"{name[:1].upper()}{name[1:]}"


def _kind(audits: list[PastAudit], place: int) -> AnswerKind:
    """Return how a question was answered, as far as its answers tell: they fit the first kind that offers them all."""
    given = {one.answers[place] for one in audits} - {None}
    kinds = (AnswerKind.MET, AnswerKind.GRADE)
    return next((kind for kind in kinds if given <= set(offered(kind))), AnswerKind.MET)


def _known(session: Session, wanted: Tool) -> AuditTool | None:
    """Return the version that asks what is wanted and nothing else, of the tools of this name."""
    versions = [one for one in tool_versions(session, wanted.slug) if one.state is ToolState.RETIRED]
    held = tools_by_id(session, [one.id for one in versions])
    return next((one for one in versions if _asks(held[one.id]) == _asks(wanted)), None)


def _asks(tool: Tool) -> set[tuple[str, str | None]]:
    return {(one.text, one.theme) for section in tool.sections for one in section.questions}


def _placed(session: Session, stored: AuditTool, reading: PastReading) -> PastTool:
    held = tools_by_id(session, [stored.id])[stored.id]
    ids = {(one.text, one.theme): one.id for section in held.sections for one in section.questions}
    asked = [(_text(name), reading.mapping.questions[name]) for name in reading.questions]
    return PastTool(stored.id, tuple(ids.get(one) for one in asked))


def values_of(audit: PastAudit, tool: PastTool) -> dict[int, AnswerValue]:
    """Return what an audit says to the questions of its tool; not answered is nothing."""
    pairs = zip(tool.questions, audit.answers, strict=True)
    return {question: value for question, value in pairs if question is not None and value is not None}
