"""Answering questions: what is kept and refused, on pages and by commands, and how answers vote (domain A2, A8)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_sent_audit, a_theme, a_tool, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands, queries
from tracker.audits.commands import Development, SectionAnswers
from tracker.audits.models import Audit, AuditTool
from tracker.audits.rules.answers import AnswerKind, AnswerValue, Reply
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.vocabulary import AuditState, Category, Grade, NoGrade
from tracker.audits.rules.votes import LeftOut, ThemeCount
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    return loaded(session, an_audit(session, auditor=ruth, code="CP-104"))


@pytest.fixture
def short(session: Session, ruth: Person) -> AuditTool:
    """A tool in use that asks about plans and visits alone."""
    question = Question("Seen when due?", theme="visits", is_required=True)
    about, overall = FIRST_TOOL.sections[0], FIRST_TOOL.sections[-1]
    middle = Section(2, "work", "Work", "How good is it?", theme="plan", questions=(question,))
    tool = Tool("short-audit", "Short audit", 1, (about, middle, replace(overall, number=3)))
    drafted = commands.draft_tool(session, tool, by=ruth)
    return commands.make_tool_live(session, drafted, by=ruth)


def asked(session: Session, audit: Audit, number: int = 2) -> tuple[Question, ...]:
    return queries.asked_of(session, audit).by_number[number].questions


def save(session: Session, audit: Audit, replies: dict[int, Reply], *, version: int = 0, number: int = 2) -> int:
    said = SectionAnswers(grade=Grade.GOOD, replies=replies)
    return commands.save_section(session, audit, number, answers=said, version=version, by=audit.auditor).version


def count(session: Session, theme: str) -> ThemeCount:
    today = clock.today()
    found = queries.theme_counts(session, since=today - timedelta(days=60), until=today + timedelta(days=60))
    return found[theme].total


def test_answers_are_kept_row_by_row_and_a_blank_is_none(session: Session, audit: Audit) -> None:
    visits, identity, _, words = asked(session, audit)
    first = save(session, audit, {visits.id: Reply(AnswerValue.PARTLY), words.id: Reply(note="That it helped")})
    kept = {answer.question_id: answer.id for answer in audit.answers}
    assert kept.keys() == {visits.id, words.id}
    said = {visits.id: Reply(AnswerValue.MET), identity.id: Reply(AnswerValue.NOT_ENOUGH), words.id: Reply()}
    second = save(session, audit, said, version=first)
    session.commit()
    found = {answer.question_id: (answer.id, answer.value) for answer in loaded(session, audit).answers}
    assert found.keys() == {visits.id, identity.id}
    assert found[visits.id] == (kept[visits.id], AnswerValue.MET)
    assert second > first
    assert save(session, loaded(session, audit), said, version=0) == second
    with pytest.raises(Conflict):
        save(session, loaded(session, audit), {}, version=first)


def test_what_is_not_asked_or_not_offered_is_refused(session: Session, audit: Audit) -> None:
    visits, words = asked(session, audit)[0], asked(session, audit)[3]
    in_care = an_audit(session, auditor=audit.auditor, case=a_case(session, category=Category.CHILD_IN_CARE))
    [review] = [one for one in asked(session, in_care, 5) if one.categories]
    for number, replies in (
        (5, {review.id: Reply(AnswerValue.MET)}),
        (3, {visits.id: Reply(AnswerValue.MET)}),
        (2, {visits.id: Reply(AnswerValue.GOOD)}),
        (2, {words.id: Reply(AnswerValue.MET)}),
        (2, {words.id: Reply(note="x" * 1001)}),
    ):
        with pytest.raises(Invalid):
            save(session, audit, replies, number=number)


def test_names_in_answers_are_found(session: Session, audit: Audit) -> None:
    words = asked(session, audit)[3]
    save(session, audit, {words.id: Reply(note="Emma would say that it helped")})
    found = queries.naming_words(session, audit, queries.asked_of(session, audit))
    assert [(one.words, one.section.number) for one in found] == [("Emma", 2)]


def test_an_audit_is_not_sent_without_what_is_required(session: Session, audit: Audit) -> None:
    answered(session, audit)
    version = next(section.version for section in audit.sections if section.number == 2)
    save(session, audit, {}, version=version)
    with pytest.raises(Invalid, match="Answer: Is the child seen when due"):
        commands.send_audit(session, audit, by=audit.auditor)


@pytest.mark.both_databases
def test_an_answer_votes_on_its_theme(session: Session, ruth: Person) -> None:
    for value in (AnswerValue.MET, AnswerValue.PARTLY, AnswerValue.NOT_ENOUGH, AnswerValue.NOT_APPLICABLE):
        a_sent_audit(session, auditor=ruth, replies={"fathers": value})
    a_sent_audit(session, auditor=ruth, developments={"fathers": "Ask him too"})
    found = count(session, "fathers")
    assert (found.due, found.asked, found.answered, found.concerns) == (5, 5, 3, 2)
    assert found.left_out == {LeftOut.NOT_APPLICABLE: 1}


@pytest.mark.both_databases
def test_a_section_that_does_not_apply_takes_its_questions_with_it(session: Session, ruth: Person) -> None:
    a_sent_audit(session, auditor=ruth, grades={4: NoGrade.NOT_APPLICABLE})
    for theme in ("assessment", "fathers", "early_help"):
        assert count(session, theme).left_out == {LeftOut.NOT_APPLICABLE: 1}
    assert count(session, "recording").answered == 1


@pytest.mark.both_databases
def test_a_theme_is_due_only_where_the_tool_asks_it(session: Session, ruth: Person, short: AuditTool) -> None:
    audit = answered(session, an_audit(session, auditor=ruth, tool=short))
    fathers = Development(a_theme(session, "fathers").id, "Ask him too")
    said = SectionAnswers(grade=Grade.GOOD, replies=audit.replies, developments=(fathers,))
    commands.save_section(session, audit, 2, answers=said, version=1, by=ruth)
    commands.send_audit(session, audit, by=ruth)
    assert (count(session, "fathers").due, count(session, "visits").due) == (0, 1)
    a_sent_audit(session, auditor=ruth, tool=a_tool(session, 1), developments={"fathers": "Ask him too"})
    assert (count(session, "fathers").due, count(session, "fathers").concerns) == (1, 1)


def test_questions_are_shown_saved_and_read(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    visits, _, _, words = asked(session, audit)
    session.commit()
    client.sign_in(ruth)
    here = f"/audits/{audit.public_id}/section/2"
    client.get(here)
    assert "You can leave this one out." in client.text
    said = {"answer": "good", f"question_{visits.id}": "partly", f"question_{words.id}": "That it helped"}
    draft = client.post(f"{here}/draft", data=client.form("answer").filled(said))
    assert draft.get_json()["version"] == 1
    client.get(here)
    assert client.form("answer").sent[f"question_{visits.id}"] == ["partly"]
    assert client.form("answer").sent[f"question_{words.id}"] == ["That it helped"]
    client.get(f"/audits/{audit.public_id}/check")
    assert "Answer: Does the work fit who this child is" in client.text
    client.get(f"/audits/{audit.public_id}")
    assert f"{visits.text}Partly met" in client.text
    assert "Not answered" in client.text
    assert "Case-file audit, version 2" in client.text


def test_two_tabs_keep_both_answers(client: CheckedClient, session: Session, ruth: Person, audit: Audit) -> None:
    visits = asked(session, audit)[0]
    name, here = f"question_{visits.id}", f"/audits/{audit.public_id}/section/2"
    session.commit()
    client.sign_in(ruth)
    client.get(here)
    older = client.form("answer").filled({name: "not_met"})
    client.submit({name: "met"}, button="Save and go to")
    assert client.post(here, data=older).status_code == 409
    assert f"{visits.text} Met" in client.text
    assert client.form("answer").sent[name] == ["not_met"]


@pytest.mark.parametrize("answer", ["yes", "good", "\x00", "x" * 3000])
def test_an_answer_that_is_not_offered_is_no_error_of_ours(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit, answer: str
) -> None:
    visits = asked(session, audit)[0]
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/2")
    sent = client.form("answer").filled({}) | {f"question_{visits.id}": answer}
    assert client.post(f"/audits/{audit.public_id}/section/2", data=sent).status_code == 422
    assert client.get(f"/audits/{audit.public_id}/section/10").status_code == 404
    session.expire_all()
    assert loaded(session, audit).state is AuditState.ALLOCATED


def test_each_file_is_asked_what_its_category_is_asked(session: Session, ruth: Person) -> None:
    contact = an_audit(session, auditor=ruth, case=a_case(session, category=Category.CONTACT))
    care = an_audit(session, auditor=ruth, case=a_case(session, category=Category.CARE_LEAVER))
    pathway = "Is the pathway plan less than six months old?"
    assert pathway not in [one.text for one in asked(session, contact, 8)]
    assert pathway in [one.text for one in asked(session, care, 8)]
    assert {one.kind for one in asked(session, contact)} == {AnswerKind.MET, AnswerKind.TEXT}
