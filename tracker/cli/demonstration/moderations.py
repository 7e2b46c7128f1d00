"""The second looks at the invented council's audits: last month's are over, of this month's two are begun."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tracker.audits import commands, queries
from tracker.audits.commands.moderating import graded_numbers
from tracker.audits.models import Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, MODERATE_NOTHING, ChoosingRule
from tracker.audits.rules.moderating import About, shared_team
from tracker.audits.rules.vocabulary import Grade
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.core.working_days import working_days_after
from tracker.people.models import Person

# The council began to moderate in the round before the present one, whose audits still wait.
_OVER, _WAITING = "r3", "r4"
_TAKES = 6
_HALF = 4
# The whole is lowered where an auditor saw the best grade: the moderator saw one step less, and both agreed on it.
_WHY = "The work is good throughout. Better than good needs a gain for the child that has lasted."
_SAME_TEAM = "The service has one moderator, who works in the auditor's service."


def rule_of(row: Row) -> ChoosingRule:
    """Return by which rule the audits of a round are chosen: of the present one more, so that one still waits."""
    rules = {_OVER: MODERATE_AS_AGREED, _WAITING: replace(MODERATE_AS_AGREED, share=65)}
    return rules.get(row["round"], MODERATE_NOTHING)


def moderations(council: Council) -> Iterator[Entry]:
    """Moderate what was chosen of the last round some working days after it was sent; begin with the present."""
    sent = [row for row in table("audits") if row["state"] == "sent"]
    for row in sent:
        if row["round"] == _OVER:
            day = working_days_after(council.offsets.past_day(row["day"]), _TAKES)
            yield Entry(day, council.moderator, partial(_moderate, council, row))
    last = max(council.offsets.past_day(row["day"]) for row in sent if row["round"] == _WAITING)
    yield Entry(last, council.moderator, partial(_begin, council))


def _begin(council: Council) -> None:
    """Take on the two that have waited longest: one is ready to be talked over with its auditor, one half graded."""
    session, by = council.session, council.moderator
    waiting = queries.waiting_moderations(session, reader=by, limit=2)
    for one, is_compared in zip(waiting, (True, False), strict=False):
        found = queries.moderation(session, one.public_id)
        if found is None:
            continue
        tool = queries.asked_of(session, found.audit)
        grades = dict.fromkeys(graded_numbers(tool)[: None if is_compared else _HALF], AnswerValue.REQUIRES_IMPROVEMENT)
        commands.take_moderation(session, found, team_reason=_near(found, by), version=found.version, by=by)
        version = found.version
        commands.grade_blind(session, found, tool, grades=grades, compare=is_compared, version=version, by=by)


def _moderate(council: Council, row: Row) -> None:
    """Grade as the auditor did, but for the best grade of the whole; leave what nobody chose."""
    session, by, audit = council.session, council.moderator, council.audits[row["audit"]]
    found = queries.moderation(session, audit.public_id)
    if found is None:
        return
    tool = queries.asked_of(session, audit)
    whole = tool.overall_number
    given = {**found.audit.section_grades, whole: audit.grade}
    own = {number: AnswerValue(grade.value) for number in graded_numbers(tool) if (grade := given.get(number))}
    if audit.grade is Grade.OUTSTANDING:
        own[whole] = AnswerValue.GOOD
    commands.take_moderation(session, found, team_reason=_near(found, by), version=found.version, by=by)
    commands.grade_blind(session, found, tool, grades=own, compare=True, version=found.version, by=by)
    commands.agree_moderation(
        session,
        found,
        tool,
        agreed=own,
        reason=_WHY if audit.grade is Grade.OUTSTANDING else "",
        about=About.PRACTICE,
        version=found.version,
        by=by,
    )


def _near(found: Moderation, by: Person) -> str:
    return _SAME_TEAM if shared_team(by.unit_id, found.auditor.unit_id, found.audit.case.unit_id) else ""
