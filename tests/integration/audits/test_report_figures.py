"""Figures of reports worked out by hand from a small set of audits; the tables to expect are written down here."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import (
    a_case,
    a_concern,
    a_remedial,
    a_round,
    a_sent_audit,
    a_theme,
    an_audit,
    answered,
    loaded,
)
from tests.support.builders.moderation import MODERATE_ALL, moderated
from tests.support.builders.people import a_person, a_unit, an_organisation
from tracker.audits import commands, queries
from tracker.audits.imports.past_audits import PastFile, bring_in
from tracker.audits.models import Audit, RemedialAction, WorkerResponse
from tracker.audits.queries import reports
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.remedials import Priority, Step
from tracker.audits.rules.reporting.activity import Progress
from tracker.audits.rules.reporting.shown import ShownTable, shown_tables
from tracker.audits.rules.reporting.tables import Wanted
from tracker.audits.rules.vocabulary import AuditState, Category, Grade, Mode, Selection
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.rules import Role
from tracker.web.audits.reports.making import MAKES

pytestmark = pytest.mark.both_databases

# Today is Thursday 26 November 2026.
NOVEMBER = Wanted(date(2026, 11, 1), date(2026, 11, 30))
FEBRUARY = Wanted(date(2027, 2, 1), date(2027, 2, 28))
OVERALL = 9


@dataclass
class Town:
    """Two teams, who looks at the reports, who raises concerns, and the inadequate audit that counts."""

    north: Unit
    south: Unit
    ruth: Person
    marcus: Person
    poor: Audit


@pytest.fixture
def town(session: Session) -> Town:
    """Make the audits of November.

    North, child protection: one good; one good that is outstanding after moderation; one inadequate; one inadequate of
    the first case, nearly three weeks earlier, so that the later one counts; one late; one void.
    South, children in care: one that requires improvement; one good of a targeted round; one exempt; one to be done;
    one good that was sent and waits for moderation.
    """
    an_organisation(session)
    a_theme(session)
    north, south = a_unit(session, name="North"), a_unit(session, name="South")
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell")
    own = a_round(session)
    twice = a_case(session, unit=north)
    a_sent_audit(session, audit_round=a_round(session, name="Early"), case=twice, on="-20d", grade=Grade.INADEQUATE)
    a_sent_audit(session, audit_round=own, case=twice, on="-2d")
    moderated(
        session,
        a_sent_audit(session, case=a_case(session, unit=north), rule=MODERATE_ALL),
        marcus,
        agreed={OVERALL: AnswerValue.OUTSTANDING},
    )
    poor = a_sent_audit(session, case=a_case(session, unit=north), grade=Grade.INADEQUATE)
    late = an_audit(session, case=a_case(session, unit=north))
    late.due_on = date(2026, 11, 23)
    void = loaded(session, an_audit(session, case=a_case(session, unit=north)))
    commands.void_audit(session, void, reason="It is another child", version=void.version, by=marcus)
    make_south(session, south, marcus)
    session.flush()
    return Town(north, south, ruth, marcus, poor)


def make_south(session: Session, south: Unit, marcus: Person) -> None:
    def case() -> Any:
        return a_case(session, unit=south, category=Category.CHILD_IN_CARE)

    a_sent_audit(session, case=case(), grade=Grade.REQUIRES_IMPROVEMENT)
    targeted = a_round(session, name="Targeted", selection=Selection.TARGETED)
    a_sent_audit(session, audit_round=targeted, case=case())
    spared = loaded(session, an_audit(session, case=case()))
    why = "The family has moved away."
    asked = commands.ask_exemption(session, spared, reason=why, version=spared.version, by=marcus)
    director = a_person(session, Role.ASSURANCE, "Jo Adeyemi")
    commands.decide_exemption(session, asked, is_granted=True, note="", version=asked.version, by=director)
    an_audit(session, case=case())
    a_sent_audit(session, case=case(), rule=MODERATE_ALL)


def shown(
    session: Session, town: Town, name: str, wanted: Wanted = NOVEMBER, *, whole: bool = True
) -> dict[str, ShownTable]:
    report = MAKES[name](session, wanted, town.marcus)
    return {table.title: table for table in shown_tables(report.tables, whole=whole)}


def stepped(session: Session, remedial: RemedialAction, step: Step, by: Person, note: str) -> None:
    session.flush()
    found = queries.remedial(session, remedial.public_id)
    assert found is not None
    commands.take_step(session, found, step, note=note, version=found.version, by=by)


def test_activity_is_what_was_given_out_in_the_time(session: Session, town: Town) -> None:
    found = shown(session, town, "activity")
    columns = ("Final", "Sent, not final", "Exempt", "Late", "Still to do", "All", "Completed")
    assert found["By team"].header == ("Team", *columns)
    assert found["By team"].rows == (
        ("North", 4, 0, 0, 1, 0, 5, "4 of 5"),
        ("South", 2, 1, 1, 0, 1, 5, "4 of 5"),
        ("All", 6, 1, 1, 1, 1, 10, "80%"),
    )
    assert found["By what help the child gets"].rows[0] == ("Child in care", 2, 1, 1, 0, 1, 5, "4 of 5")
    assert found["By method"].rows == (("At the desk", 6, 1, 1, 1, 1, 10, "80%"),)
    assert found["By how files were chosen"].rows == (
        ("At random", 5, 1, 1, 1, 1, 9, "7 of 9"),
        ("Targeted", 1, 0, 0, 0, 0, 1, "1 of 1"),
        ("All", 6, 1, 1, 1, 1, 10, "80%"),
    )
    # The rounds are due on 30 November and were planned to have twenty files each; 8 of 60 is 13.33 per cent.
    completed = ("Done and exempt, of what 3 rounds planned", 8, 60, "13.3%")
    assert found["Completed of what was planned"].rows == (completed,)
    assert found["The worker"].rows == (("The worker took part", 0, 6, "0 of 6"),)
    assert found["The child and the family"].rows == (("In final audits", 0, 0, 0, 6, 6),)
    assert found["Time to moderation"].rows == (("Sending to the outcome", 1, "0", 1, 10),)
    assert found["Left out"].rows == (("Void: the wrong case", 1),)


def test_a_worker_who_answered_took_part_and_one_who_only_began_to_did_not(session: Session, town: Town) -> None:
    hannah = a_person(session, None, "Hannah Webb")
    begun = a_sent_audit(session)
    for audit, sent_at in ((town.poor, clock.now()), (begun, None)):
        session.add(WorkerResponse(audit_id=audit.id, worker_id=hannah.id, sent_at=sent_at))
    session.flush()
    assert shown(session, town, "activity")["The worker"].rows == (("The worker took part", 1, 7, "1 of 7"),)


def test_a_past_audit_stands_with_the_grade_of_its_auditor_and_the_moderated_one(session: Session, town: Town) -> None:
    columns = {"Ref": "ref", "Date": "date", "Chosen": "selection", "Grade": "grade", "Moderated": "moderated_grade"}
    raw = b"Ref,Date,Chosen,Grade,Moderated\nA-1,2026-11-20,random,Good,Inadequate\nA-2,2026-11-20,random,Good,\n"
    assert bring_in(session, PastFile(raw, "past.csv", json.dumps({"columns": columns}), None), by=0).accepted == 2
    found = shown(session, town, "grades")
    assert found["Overall grade before moderation"].rows == (("As auditors graded it", 0, 4, 1, 1, 0, 6, "4 of 6"),)
    assert found["Overall grade"].rows == (("As it counts after moderation", 1, 2, 1, 2, 0, 6, "3 of 6"),)
    assert found["Changed in moderation"].rows == (("Overall grades", 0, 1, 1, 2, "0 of 2"),)


def test_grades_are_those_that_count_of_the_latest_random_audit_of_each_case(session: Session, town: Town) -> None:
    found = shown(session, town, "grades")
    assert found["Overall grade"].rows == (("As it counts after moderation", 1, 1, 1, 1, 0, 4, "2 of 4"),)
    assert found["Overall grade before moderation"].rows == (("As auditors graded it", 0, 2, 1, 1, 0, 4, "2 of 4"),)
    assert found["Impact"].rows == (("Impact on the child", 0, 0, 0, 0, 4, 4, "Too few"),)
    assert found["Changed in moderation"].rows == (("Overall grades", 0, 1, 0, 1, "0 of 1"),)
    assert found["By team"].rows == (
        ("North", 1, 1, 0, 1, 0, 3, "2 of 3"),
        ("South", 0, 0, 1, 0, 0, 1, "0 of 1"),
        ("All", 1, 1, 1, 1, 0, 4, "2 of 4"),
    )
    # Each audit gave its sections the grade of the whole, which moderation alone changed.
    assert {row[1:] for row in found["By section"].rows} == {(0, 2, 1, 1, 0, 0, 0, 4, "2 of 4")}
    assert [row[0] for row in found["By section"].rows][:2] == ["Voice of the child", "Risk and safety"]
    assert [row for row in found["Left out"].rows if row[1]] == [
        ("Not final yet", 4),
        ("Targeted", 1),
        ("A later audit of the same case counts", 1),
        ("All", 6),
    ]
    assert found["Void"].rows == (("Void: the wrong case", 1),)


def test_filters_and_days_narrow_what_is_counted(session: Session, town: Town) -> None:
    def final(wanted: Wanted) -> int:
        rows = reports.activity(session, wanted, reader=town.marcus)
        return sum(row.number for row in rows if row.progress is Progress.FINAL)

    assert final(replace(NOVEMBER, team=town.south.id)) == 2
    assert final(replace(NOVEMBER, category=Category.CHILD_IN_CARE)) == 2
    assert final(replace(NOVEMBER, mode=Mode.DESK)) == 6
    assert final(replace(NOVEMBER, mode=Mode.PEER)) == 0
    assert final(replace(NOVEMBER, tool=town.poor.tool_id)) == 6
    assert final(replace(NOVEMBER, tool=0)) == 0
    assert final(replace(NOVEMBER, round_id=town.poor.round_id)) == 4
    # The first of the two inadequate ones was done on 6 November, the next audit on the 24th.
    assert final(Wanted(date(2026, 11, 6), date(2026, 11, 23))) == 1
    assert final(Wanted(date(2026, 11, 7), date(2026, 11, 23))) == 0


def test_others_get_the_same_reports_without_small_numbers(session: Session, town: Town) -> None:
    found = shown(session, town, "activity", whole=False)
    assert found["By team"].rows == (("All teams together", "c", "c", "c", "c", "c", 10, "c"),)
    assert found["By method"].rows == (("At the desk", "c", "c", "c", "c", "c", 10, "c"),)
    assert {"Completed of what was planned", "Left out"}.isdisjoint(found)
    assert found["The worker"].rows == (("The worker took part", "c", "c", "c"),)
    for name in MAKES:
        for table in shown(session, town, name, whole=False).values():
            cells = [
                cell
                for row in table.rows
                for title, cell in zip(table.header, row, strict=True)
                if title != "Days allowed"
            ]
            assert not [cell for cell in cells if isinstance(cell, int) and 0 < cell <= 5], table.title


def test_what_followed_is_counted_by_how_far_it_is(session: Session, town: Town) -> None:
    lead = a_person(session, Role.LEAD, "Amy Lead")
    done = a_remedial(session, town.poor, owner=lead, priority=Priority.URGENT)
    stepped(session, done, Step.CLAIM, lead, "The review was held.")
    stepped(session, done, Step.VERIFY, town.marcus, "The minutes are on file.")
    # From the 18th, the day after it was due, five working days: the head of service from the 25th on.
    for due in (date(2026, 11, 25), date(2026, 11, 17)):
        a_remedial(session, town.poor, owner=lead, priority=Priority.IMMEDIATE).due_on = due
    with_manager = a_concern(session, town.poor, by=town.ruth, told_at=datetime(2026, 11, 23, 10, tzinfo=UTC))
    why = "A social worker is on the way."
    commands.acknowledge_concern(session, with_manager, note=why, version=with_manager.version, by=town.marcus)
    a_concern(session, town.poor, by=town.ruth)
    session.flush()
    found = shown(session, town, "remedial")
    columns = ("To do, in time", "Late: team manager", "Late: head of service", "To be checked", "Checked and done")
    assert found["Remedial actions by class"].header[1:6] == columns
    # Both inadequate audits had one action of twenty days already when they were sent.
    assert found["Remedial actions by class"].rows == (
        ("Immediate", 0, 1, 1, 0, 0, 2, "0 of 2"),
        ("Urgent", 0, 0, 0, 0, 1, 1, "1 of 1"),
        ("Standard", 2, 0, 0, 0, 0, 2, "0 of 2"),
        ("All", 2, 1, 1, 0, 1, 5, "1 of 5"),
    )
    assert found["Remedial actions by team"].rows == (("North", 2, 1, 1, 0, 1, 5, "1 of 5"),)
    assert found["Days from given to checked"].rows[1] == ("Urgent", 1, "0", 1, 5)
    assert found["Immediate concerns"].rows == (("North", 1, 1, 0, 0, 2),)
    # Told on Monday and acknowledged on Thursday: three working days, where the same day is asked for.
    assert found["Concerns, days from telling"].rows[0] == ("Acknowledged", 1, "3", 0, 0)


def test_re_audits_stand_beside_the_audits_that_they_repeat(session: Session, town: Town) -> None:
    # Twelve weeks after 26 November, when both inadequate audits became final, is 18 February.
    assert shown(session, town, "re-audits", FEBRUARY)["Re-audits due, by team"].rows == (
        ("North", 0, 0, 2, 2, "0 of 2"),
    )
    planned = queries.planned_re_audit(session, town.poor)
    assert planned is not None
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    repeat = commands.allocate_re_audit(session, planned, auditor=keith, by=town.marcus)
    answered(session, repeat, grade=Grade.GOOD)
    commands.send_audit(session, loaded(session, repeat), names_confirmed=True, rule=MODERATE_NOTHING, by=keith)
    assert shown(session, town, "re-audits", FEBRUARY)["Re-audits due, by team"].rows == (
        ("North", 1, 0, 1, 2, "1 of 2"),
    )
    found = shown(session, town, "re-audits")
    assert found["Re-audits due, by team"].is_empty
    assert found["Same cases, overall grade"].rows == (("North", 1, 0, 0, 1, "1 of 1"),)
    moves = {row[0]: row[1:] for row in found["Grade before, and after"].rows}
    assert moves["Inadequate"] == (0, 1, 0, 0, 1)
    assert moves["All"] == (0, 1, 0, 0, 1)
    assert {row[1:] for row in found["Same cases, by section"].rows} == {(1, 0, 0, 1, "1 of 1")}
    assert len(found["Same cases, by section"].rows) == 7
    # While a panel is to decide on the audit before, there is nothing to compare with.
    town.poor.state = AuditState.DISPUTED
    session.flush()
    found = shown(session, town, "re-audits")
    assert found["Same cases, overall grade"].is_empty
    assert found["Same cases, by section"].is_empty
    # It counts in no grades of the time.
    assert ("Re-audits", 1) in shown(session, town, "grades")["Left out"].rows
