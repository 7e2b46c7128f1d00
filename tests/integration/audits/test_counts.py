"""Counting votes and reading findings from what is stored (domain A8, A9), on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit, month_before
from tests.support.builders.people import a_person
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import queries
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade, Selection
from tracker.audits.rules.votes import LeftOut
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases


@pytest.fixture
def ruth(session: Session) -> Person:
    return a_person(session, Role.AUDITOR, "Ruth Osei")


def window() -> tuple[date, date]:
    return month_before(2).replace(day=1), clock.today() + timedelta(days=10)


def test_votes_stand_in_the_month_of_the_audit(session: Session, ruth: Person) -> None:
    a_theme(session)
    for months, grade in ((2, Grade.INADEQUATE), (1, Grade.REQUIRES_IMPROVEMENT), (1, Grade.GOOD), (0, Grade.GOOD)):
        a_sent_audit(session, auditor=ruth, on=month_before(months), grade=grade)
    an_audit(session, auditor=ruth)
    since, until = window()
    counted = queries.theme_counts(session, since=since, until=until)["assessment"]
    shown = [(count.concerns, count.answered) for _, count in sorted(counted.months.items())]
    assert shown[:3] == [(1, 1), (1, 2), (0, 1)]
    assert (counted.total.due, counted.total.answered, counted.total.concerns) == (5, 4, 2)
    assert counted.total.left_out == {LeftOut.NOT_FINAL: 1}


def test_every_theme_is_counted_and_a_finding_turns_its_vote(session: Session, ruth: Person) -> None:
    a_sent_audit(
        session,
        auditor=ruth,
        developments={"fathers": "Ask him too"},
        strengths={"voice": "Heard", "iro": "Challenged"},
    )
    since, until = window()
    counted = queries.theme_counts(session, since=since, until=until)
    assert len(counted) == 23
    assert counted["fathers"].total.concerns == 1
    assert (counted["voice"].total.strengths, counted["iro"].total.strengths) == (1, 1)
    assert counted["supervision"].total.met == 1


def test_a_targeted_round_is_left_out(session: Session, ruth: Person) -> None:
    a_theme(session)
    targeted = a_round(session, name="A closer look", selection=Selection.TARGETED)
    a_sent_audit(session, auditor=ruth, audit_round=targeted, grade=Grade.INADEQUATE)
    a_sent_audit(session, auditor=ruth, grades={4: NoGrade.NOT_APPLICABLE})
    since, until = window()
    total = queries.theme_counts(session, since=since, until=until)["assessment"].total
    assert (total.answered, total.left_out) == (0, {LeftOut.TARGETED: 1, LeftOut.NOT_APPLICABLE: 1})


def test_the_same_case_votes_once_in_the_window_and_once_in_each_month(session: Session, ruth: Person) -> None:
    a_theme(session)
    case = a_case(session)
    a_sent_audit(session, auditor=ruth, case=case, on=month_before(1), grade=Grade.INADEQUATE)
    again = a_round(session, name="December audits")
    a_sent_audit(session, auditor=ruth, case=case, audit_round=again, on=month_before(0))
    since, until = window()
    counted = queries.theme_counts(session, since=since, until=until)["risk"]
    assert (counted.total.concerns, counted.total.answered) == (0, 1)
    assert sum(count.answered for count in counted.months.values()) == 2


def test_counting_asks_as_often_for_one_audit_as_for_many(session: Session, ruth: Person, database: House) -> None:
    since, until = window()
    asked = []
    for more in (1, 6):
        for _ in range(more):
            a_sent_audit(session, auditor=ruth, developments={"risk": "Say who acts"})
        with queries_of(database.engine) as statements:
            queries.theme_counts(session, since=since, until=until)
        asked.append(len(statements))
    assert asked == [2, 2]


def test_the_words_of_findings_are_for_their_auditor_and_the_moderator(session: Session, ruth: Person) -> None:
    theme = a_theme(session, "risk")
    a_sent_audit(session, auditor=ruth, code="CP-104", developments={"risk": "Say who acts"})
    since, until = window()
    readers = {role: a_person(session, role, f"Reader {role}") for role in Role}

    def read_by(person: Person) -> list[tuple[FindingKind, str, str]]:
        rows = queries.findings_of_theme(session, theme, person=person, since=since, until=until)
        return [(row.kind, row.text, row.case_code) for row in rows]

    words = [(FindingKind.DEVELOPMENT, "Say who acts", "CP-104")]
    assert read_by(ruth) == words
    assert {role for role, person in readers.items() if read_by(person)} == {Role.MODERATOR}


def test_a_draft_shows_no_findings(session: Session, ruth: Person) -> None:
    theme = a_theme(session, "risk")
    an_audit(session, auditor=ruth)
    since, until = window()
    assert queries.findings_of_theme(session, theme, person=ruth, since=since, until=until) == []
