"""What follows from an audit, as its own pages name it: remedial actions, and what an inadequate one still lacks."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import Audit, Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.remedials import remedial_missing
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.templating import day


@dataclass(frozen=True)
class RemedialLine:
    """A remedial action on the page of its audit."""

    words: str
    url: str
    who: str


def remedial_lines(audit: Audit) -> list[RemedialLine]:
    """Return the remedial actions of an audit, which comes with them and their owners, by their day."""
    return [
        RemedialLine(
            one.text,
            url_for("audits.remedial_show", public_id=one.public_id),
            f"{one.owner.name}, due {day(one.due_on)}. {one.state.words}",
        )
        for one in sorted(audit.remedials, key=lambda one: (one.due_on, one.id))
    ]


def remedial_url(audit: Audit) -> str | None:
    """Return where something more is given to be put right, for who may."""
    if audit.state in {AuditState.VOID, AuditState.EXEMPT} or not allowed(Permission.REMEDIAL_ADD, audit):
        return None
    return url_for("audits.remedial_add", public_id=audit.public_id)


def lacking_in_moderation(moderation: Moderation, tool: Tool, *, is_chosen: bool) -> list[tuple[str, str]]:
    """Return what an audit lacks to be kept as inadequate, with the way there, once anybody graded the whole so.

    `is_chosen` says that it is about to be.
    """
    given = [(one.before, one.own, one.agreed) for one in moderation.graded if one.number == tool.overall_number]
    if not is_chosen and not any(AnswerValue.INADEQUATE in grades for grades in given):
        return []
    return _lacking(Grade.INADEQUATE, moderation.audit)


def nothing_follows(audit: Audit) -> list[tuple[str, str]]:
    """Return what an inadequate audit lacks to be put right, with the way there; nothing for any other."""
    return _lacking(audit.grade, audit)


def _lacking(grade: Grade | None, audit: Audit) -> list[tuple[str, str]]:
    words = remedial_missing(grade, len(audit.remedials))
    return [(words, url_for("audits.remedial_add", public_id=audit.public_id))] if words else []
