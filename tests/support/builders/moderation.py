"""Puts audits through moderation for tests, through the commands: waiting, taken, compared, agreed, disputed."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit
from tracker.audits import commands, queries
from tracker.audits.commands.moderating import graded_numbers
from tracker.audits.models import Audit, Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import MODERATE_AS_AGREED
from tracker.audits.rules.moderating import About
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import Grade, NoGrade
from tracker.people.models import Person

# Everything is drawn, so that a test need not know a seed.
MODERATE_ALL = replace(MODERATE_AS_AGREED, share=100)
Changes = Mapping[int, AnswerValue]


def a_waiting_audit(
    session: Session,
    *,
    auditor: Person,
    code: str | None = None,
    grade: Grade = Grade.GOOD,
    grades: dict[int, Grade | NoGrade] | None = None,
    developments: dict[str, str] | None = None,
) -> Audit:
    """Make an audit that was sent and waits for its second look."""
    return a_sent_audit(
        session,
        auditor=auditor,
        code=code,
        grade=grade,
        grades=grades,
        developments=developments,
        rule=MODERATE_ALL,
    )


def moderation_of(session: Session, audit: Audit) -> Moderation:
    """Return the moderation of an audit as commands take it."""
    session.flush()
    found = queries.moderation(session, audit.public_id)
    assert found is not None
    return found


def taken(session: Session, audit: Audit, by: Person, *, team_reason: str = "Nobody else is here") -> Moderation:
    """Have somebody take the moderation of an audit on."""
    held = moderation_of(session, audit)
    return commands.take_moderation(session, held, team_reason=team_reason, version=held.version, by=by)


def compared(session: Session, audit: Audit, by: Person, *, own: Changes | None = None) -> Moderation:
    """Have somebody grade an audit blind: Good everywhere unless `own` says otherwise."""
    held = taken(session, audit, by)
    tool = queries.asked_of(session, audit)
    grades = {**_good(tool), **(own or {})}
    return commands.grade_blind(session, held, tool, grades=grades, compare=True, version=held.version, by=by)


def moderated(
    session: Session, audit: Audit, by: Person, *, own: Changes | None = None, agreed: Changes | None = None
) -> Moderation:
    """Have an audit moderated to its end: the auditor's grades are kept but for those of `agreed`."""
    held = compared(session, audit, by, own=own)
    kept = {one.number: one.before for one in held.graded if one.before}
    return commands.agree_moderation(
        session,
        held,
        queries.asked_of(session, audit),
        agreed={**kept, **(agreed or {})},
        reason="The plan on file says otherwise.",
        about=About.PRACTICE,
        version=held.version,
        by=by,
    )


def _good(tool: Tool) -> dict[int, AnswerValue]:
    return dict.fromkeys(graded_numbers(tool), AnswerValue.GOOD)
