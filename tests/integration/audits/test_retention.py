"""Retention and legal holds: what goes and what stays, who asks and who approves, and that no trace is left."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.integration.audits.test_access import acts
from tests.support import installations
from tests.support.builders.audits import a_case, a_concern, a_remedial, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, an_organisation
from tracker.audits.commands import add_case, void_audit
from tracker.audits.commands.holds import lift_hold, set_hold
from tracker.audits.commands.retention import ask_run, carry_out, decide_run
from tracker.audits.models import (
    Audit,
    CaseReference,
    Finding,
    ReAudit,
    ResponseSection,
    RetentionRun,
    SampleFile,
    WorkerResponse,
)
from tracker.audits.queries.retention import DueCounts, due_audits, due_counts
from tracker.audits.rules.vocabulary import Category, FindingKind
from tracker.core import clock
from tracker.core.changelog import verify
from tracker.core.erasures import Keeping, erase_again, read_list
from tracker.core.files import open_store
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

LONG_AGO = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
KEY = b"a key of the list of erasures"
WHY = "An inquiry has asked for it to be kept"
People = dict[str, Person]
Make = Callable[..., Audit]


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return Keeping(tmp_path / "erasures.jsonl", KEY, open_store("", tmp_path / "files"))


@pytest.fixture
def people(session: Session) -> People:
    with clock.at(LONG_AGO):
        an_organisation(session)
        a_theme(session)
        a_round(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        return {
            "ruth": ruth,
            "grace": a_person(session, Role.MODERATOR, "Grace Adeyemi"),
            "ada": a_person(session, Role.ADMIN, "Ada Min"),
        }


@pytest.fixture
def make(session: Session, people: People) -> Make:
    """Make an audit that was final on a day, of which one finding was first written in other words."""

    def made(code: str, *, case: CaseReference | None = None, at: datetime = LONG_AGO) -> Audit:
        with clock.at(at):
            case = case or a_case(session, code=code)
            audit = a_sent_audit(
                session,
                auditor=people["ruth"],
                audit_round=a_round(session, name=f"Round {at:%Y %m}"),
                case=case,
                strengths={"voice": "Her quorblatt is told"},
                developments={"plan": "The quorblatt review was missed"},
            )
            first = Finding(
                audit_id=audit.id, section_number=4, position=9, kind=FindingKind.STRENGTH, text="First quorblatt"
            )
            session.add(first)
            session.flush()
            session.delete(first)
            session.flush()
            return audit

    return made


def run_all(session: Session, people: People, keeping: Keeping) -> RetentionRun:
    run = ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    decide_run(session, run, is_approved=True, version=run.version, by=people["grace"])
    carry_out(session, keeping, run, by=people["grace"].id)
    session.commit()
    return run


def everything(session: Session) -> str:
    """Return all that the database says of audits, the log's payloads included."""
    session.rollback()
    names = ("audit", "finding", "audit_section", "answer", "case_reference", "immediate_concern", "log_payload")
    return repr([session.connection().exec_driver_sql(f"SELECT * FROM {name}").all() for name in names])


def grades(session: Session) -> list[object]:
    return [
        tuple(row) for row in session.execute(text("SELECT audit_id, number, grade FROM audit_section ORDER BY 1, 2"))
    ]


@pytest.mark.both_databases
def test_words_and_reference_go_and_what_was_graded_stays(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    audit_id = make("CP-104").id
    session.commit()
    before, asked = grades(session), everything(session)
    assert all(words in asked for words in ("quorblatt", "First quorblatt", "CP-104"))
    run = run_all(session, people, keeping)
    said = everything(session)
    assert [words for words in ("quorblatt", "CP-104") if words in said] == []
    assert grades(session) == before
    after = session.get_one(Audit, audit_id)
    assert after.erased_at is not None
    assert f"[erased on {clock.today():%-d %b %Y}: kept for 3 years]" in said
    assert (run.taken, run.ended_at is not None) == (1, True)
    assert verify(session, installations.KEY.encode()).whole
    assert {kind for _, kind, _ in acts(session, "erased")} >= {"audit", "finding", "case_reference"}
    assert "quorblatt" not in keeping.ledger.read_text()


def test_what_came_back_with_a_backup_is_erased_again_by_the_list(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    make("CP-104")
    session.commit()
    run = ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    decide_run(session, run, is_approved=True, version=run.version, by=people["grace"])
    carry_out(session, keeping, run, by=0)
    session.rollback()  # the words are back, as after a restore, and the list has them all the same
    assert "quorblatt" in everything(session)
    erasures = read_list(keeping.ledger.read_text(), KEY)
    done = [erase_again(session, one, keeping.files) for one in erasures]
    session.commit()
    said = everything(session)
    assert [words for words in ("quorblatt", "CP-104") if words in said] == []
    assert done[0]
    assert [erase_again(session, one, keeping.files) for one in erasures] == [False] * len(erasures)
    with pytest.raises(Conflict, match="another file once"):
        a_case(session, code="CP-104")


def test_only_what_is_old_enough_goes_and_a_case_keeps_its_reference_for_a_younger_audit(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    case = make("CP-104").case
    make("CP-104", case=case, at=datetime(2026, 6, 1, 10, tzinfo=UTC))
    make("CP-105", at=datetime(2023, 11, 27, 10, tzinfo=UTC))
    session.commit()
    assert [one.code for one in due_audits(session, as_at=TODAY, years=3, limit=9)] == ["CP-104"]
    assert due_counts(session, as_at=date(2026, 11, 27), years=3).due == 2
    run_all(session, people, keeping)
    assert "CP-104" in everything(session)
    assert due_counts(session, as_at=TODAY, years=3) == DueCounts(0, 0, 0)


@pytest.mark.parametrize("what", ["audit", "case", "all"])
def test_a_legal_hold_stops_it_until_it_is_lifted(
    session: Session, people: People, keeping: Keeping, make: Make, what: str
) -> None:
    audit = make("CP-104")
    ways: dict[str, dict[str, Any]] = {"audit": {"audit": audit}, "case": {"case": audit.case}, "all": {}}
    session.commit()
    run = ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    decide_run(session, run, is_approved=True, version=run.version, by=people["grace"])
    held = set_hold(session, **ways[what], why=WHY, by=people["grace"])
    assert carry_out(session, keeping, run, by=0) == 0
    session.commit()
    assert all(words in everything(session) for words in ("quorblatt", "First quorblatt", "CP-104"))
    assert due_counts(session, as_at=TODAY, years=3) == DueCounts(due=0, held=1, unfinished=0)
    lift_hold(session, held, why="The inquiry has ended", version=held.version, by=people["grace"])
    session.commit()
    assert run_all(session, people, keeping).taken == 1


@pytest.mark.both_databases
def test_an_answer_that_was_thrown_away_keeps_its_words_as_long_as_its_audit_is_held(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    audit, other = make("CP-104"), make("CP-105")
    with clock.at(LONG_AGO):
        gone = WorkerResponse(audit_id=audit.id, worker_id=people["grace"].id)
        session.add(gone)
        session.flush()
        said = ResponseSection(response_id=gone.id, number=4, words="I was told zimmerlap")
        session.add(said)
        session.flush()
        for record in (said, gone):
            session.delete(record)
            session.flush()
        # Where keys are given again, this one has the key of the answer that is gone.
        session.add(WorkerResponse(audit_id=other.id, worker_id=people["grace"].id))
    held = set_hold(session, audit=audit, why=WHY, by=people["grace"])
    session.commit()
    assert run_all(session, people, keeping).taken == 1
    assert "zimmerlap" in everything(session)
    lift_hold(session, held, why="The inquiry has ended", version=held.version, by=people["grace"])
    session.commit()
    assert run_all(session, people, keeping).taken == 1
    assert "zimmerlap" not in everything(session)


@pytest.mark.parametrize(
    ("file", "is_round_open", "stays"),
    [
        ({"is_reserve": False}, True, True),
        ({"is_reserve": True}, True, True),
        ({"is_reserve": False, "left_out_reason": "The file is with the court"}, True, False),
        ({"is_reserve": False}, False, False),
    ],
)
@pytest.mark.both_databases
def test_a_file_that_is_drawn_again_keeps_its_reference_until_somebody_has_it(
    session: Session,
    people: People,
    keeping: Keeping,
    make: Make,
    file: dict[str, Any],
    *,
    is_round_open: bool,
    stays: bool,
) -> None:
    case, drawn = make("CP-104").case, a_round(session, name="Audits of next month")
    session.add(SampleFile(round_id=drawn.id, case_id=case.id, position=1, **file))
    drawn.closed_on = None if is_round_open else TODAY
    session.commit()
    run_all(session, people, keeping)
    assert ("CP-104" in everything(session)) is stays
    assert "quorblatt" not in everything(session)


@pytest.mark.both_databases
def test_a_file_to_be_audited_again_keeps_its_reference_until_somebody_has_it(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    planned, given_out = make("CP-104"), make("CP-105")
    for audit in (planned, given_out):
        session.add(ReAudit(audit_id=audit.id, due_on=TODAY, why="Its plan was poor"))
    with clock.at(LONG_AGO):
        repeat = a_sent_audit(
            session, auditor=people["ruth"], audit_round=a_round(session, name="Again"), case=given_out.case
        )
        repeat.re_audit_of_id = given_out.id
    session.commit()
    assert run_all(session, people, keeping).taken == 3
    said = everything(session)
    assert ("CP-104" in said, "CP-105" in said) == (True, False)


def test_a_hold_says_why_and_the_same_is_held_once(session: Session, people: People, make: Make) -> None:
    audit = make("CP-104")
    with pytest.raises(Invalid, match="10 characters"):
        set_hold(session, audit=audit, why="Inquiry", by=people["grace"])
    with pytest.raises(Invalid, match="without names"):
        set_hold(session, audit=audit, why="Emma Smith has asked for it", by=people["grace"])
    held = set_hold(session, audit=audit, why=WHY, by=people["grace"])
    with pytest.raises(Conflict, match="on hold already"):
        set_hold(session, audit=audit, why=WHY, by=people["grace"])
    lift_hold(session, held, why="The inquiry has ended", version=held.version, by=people["grace"])
    with pytest.raises(Conflict, match="was lifted"):
        lift_hold(session, held, why="The inquiry has ended", version=held.version, by=people["grace"])
    assert set_hold(session, audit=audit, why=WHY, by=people["grace"]).lifted_at is None


def test_what_is_still_to_be_done_for_the_child_keeps_its_words(session: Session, people: People, make: Make) -> None:
    for_child, at_risk, void = make("CP-104"), make("CP-105"), None
    with clock.at(LONG_AGO):
        a_remedial(session, for_child)
        a_concern(session, at_risk, by=people["ruth"])
        void = an_audit(session, auditor=people["ruth"], code="CP-106")
        void_audit(session, void, reason="It was the wrong file", version=void.version, by=people["grace"])
        an_audit(session, auditor=people["ruth"], code="CP-107")
    session.commit()
    assert due_counts(session, as_at=TODAY, years=3) == DueCounts(due=1, held=0, unfinished=2)
    assert [one.code for one in due_audits(session, as_at=TODAY, years=3, limit=9)] == ["CP-106"]


def test_nothing_goes_that_nobody_else_approved(session: Session, people: People, keeping: Keeping, make: Make) -> None:
    with pytest.raises(Conflict, match="old enough"):
        ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    make("CP-104")
    run = ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    with pytest.raises(Conflict, match="waits already"):
        ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    with pytest.raises(Conflict, match="Nobody has approved"):
        carry_out(session, keeping, run, by=0)
    with pytest.raises(Forbidden):
        decide_run(session, run, is_approved=True, version=run.version, by=people["ada"])
    decide_run(session, run, is_approved=False, version=run.version, by=people["grace"])
    with pytest.raises(Conflict, match="Nobody has approved"):
        carry_out(session, keeping, run, by=0)
    assert session.scalars(select(Audit.erased_at)).one() is None
    assert not keeping.ledger.exists()


def test_a_long_run_goes_on_where_it_stopped(session: Session, people: People, keeping: Keeping, make: Make) -> None:
    for number in range(3):
        make(f"CP-10{number}")
    run = ask_run(session, as_at=TODAY, years=3, by=people["ada"])
    decide_run(session, run, is_approved=True, version=run.version, by=people["grace"])
    assert carry_out(session, keeping, run, most=2, by=0) == 2
    assert run.ended_at is None
    assert carry_out(session, keeping, run, most=2, by=0) == 1
    assert (run.taken, run.ended_at is not None) == (3, True)


def test_a_reference_is_never_given_to_another_file(
    session: Session, people: People, keeping: Keeping, make: Make
) -> None:
    unit = make("CP-104").case.unit
    session.commit()
    run_all(session, people, keeping)
    for code in ("CP-104", "cp-104 "):
        with pytest.raises(Conflict, match="another file once"):
            add_case(session, code=code, category=Category.CHILD_IN_CARE, unit=unit, by=people["grace"])
