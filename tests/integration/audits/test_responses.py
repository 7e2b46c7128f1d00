"""The worker of a file reads its audit and answers it: named by the auditor, for that audit only; through HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import commands, queries
from tracker.audits.commands import SectionAnswers
from tracker.audits.models import Audit
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, MODERATE_NOTHING
from tracker.audits.rules.moderating import response_ends
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode
from tracker.core import clock
from tracker.core.changelog.tables import log_entry
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.notices.queries.answers import answers_awaited
from tracker.people.models import Person
from tracker.people.rules import Role

STRENGTH, DEVELOPMENT = "Seen alone twice", "Ask the father too"


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def hannah(session: Session, ruth: Person) -> Person:
    """A social worker who has an account and no role."""
    del ruth
    return a_person(session, None, "Hannah Webb")


@pytest.fixture
def draft(session: Session, ruth: Person, hannah: Person) -> Audit:
    """An audit that is written, with a worker who said something while it was."""
    audit = an_audit(session, auditor=ruth, code="CP-104")
    answered(session, audit, strengths={"voice": STRENGTH}, developments={"fathers": DEVELOPMENT})
    audit = loaded(session, audit)
    commands.begin_side_by_side(
        session, audit, worker_role="social worker", has_large_text=False, version=audit.version, by=ruth
    )
    stored = next(one for one in audit.sections if one.number == 5)
    asked = queries.asked_of(session, audit).by_number[5]
    kept = {one.id: audit.replies[one.id] for one in asked.questions if one.id in audit.replies}
    said = SectionAnswers(grade=Grade.GOOD, worker=WorkerView("I ran out of time", Extent.PARTLY), replies=kept)
    commands.save_section(session, audit, 5, answers=said, version=stored.version, by=ruth)
    commands.name_worker(session, audit, worker=hannah, version=audit.version, by=ruth)
    session.commit()
    return audit


@pytest.fixture
def sent(session: Session, draft: Audit, ruth: Person) -> Audit:
    audit = loaded(session, draft)
    commands.send_audit(session, audit, names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    session.commit()
    return audit


def now(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def page(audit: Audit) -> str:
    return f"/audits/{audit.public_id}/response"


def test_the_auditor_names_the_worker_from_the_page_of_the_audit(
    client: CheckedClient, session: Session, ruth: Person, hannah: Person
) -> None:
    audit = an_audit(session, auditor=ruth, code="CP-9")
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}")
    client.follow("Say who the worker is, so that they can answer it")
    assert "Ask an administrator to invite them" in client.text
    with pytest.raises(AssertionError, match="offers"):
        client.submit({"worker": str(ruth.id)}, button="Save")
    client.submit({"worker": str(hannah.id)}, button="Save")
    assert "WorkerHannah WebbThe worker's answerNone yet" in client.text
    kept = now(session, audit)
    assert (kept.worker_id, kept.mode) == (hannah.id, Mode.COLLABORATIVE)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ASSURANCE])
def test_who_oversees_the_service_is_never_the_worker(
    client: CheckedClient, session: Session, ruth: Person, role: Role
) -> None:
    audit, councillor = an_audit(session, auditor=ruth, code="CP-9"), a_person(session, role, "Councillor Quill")
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/worker")
    assert str(councillor.id) not in client.form("worker").choices["worker"]
    with pytest.raises(Invalid, match="read no audit"):
        commands.name_worker(session, loaded(session, audit), worker=councillor, version=audit.version, by=ruth)


def test_the_worker_reads_what_was_found_and_nothing_else(
    client: CheckedClient, session: Session, sent: Audit, ruth: Person, hannah: Person
) -> None:
    a_concern(session, loaded(session, sent), by=ruth, what="The safety plan no longer holds.")
    session.commit()
    client.sign_in(hannah)
    client.get("/nothing-here")
    client.follow(f"1 audit of your work to read and answer, by {_day(response_ends(clock.today()))}")
    assert client.heading == "Audits to read and answer"
    client.follow("CP-104")
    for words in ("Your answer: Case-file audit CP-104", STRENGTH, DEVELOPMENT, "Good", "I ran out of time"):
        assert words in client.text
    for hidden in ("safety plan", "Weighed as a whole.", "Ruth Osei", "Found before", "Met"):
        assert hidden not in client.text
    session.rollback()
    query = select(log_entry.c.subject_id).where(
        log_entry.c.act == "opened", log_entry.c.actor == f"person:{hannah.id}"
    )
    assert session.scalars(query).all() == [str(sent.id)]


def test_their_answer_is_kept_while_they_type_and_sent_when_they_have_read_it(
    client: CheckedClient, session: Session, sent: Audit, ruth: Person, hannah: Person
) -> None:
    client.sign_in(hannah)
    client.get(page(sent))
    typed = client.form("words_2").filled({"words_2": "I wrote it down late", "agrees_2": "no"})
    kept = client.post(f"{page(sent)}/draft", data=typed)
    assert (kept.status_code, kept.get_json()["version"]) == (200, 1)
    client.get(page(sent))
    assert client.submit(button="Send my answer").status_code == 422
    assert "Say that you have read this audit" in client.text
    client.submit({"has_read": "y", "words_9": "Fair, as a whole", "agrees_9": "yes"}, button="Send my answer")
    assert "The auditor and the moderator can read it." in client.text
    after = now(session, sent)
    assert after.state is AuditState.FINAL
    assert after.response is not None
    assert after.response.views == {
        2: WorkerView("I wrote it down late", Extent.NO),
        5: WorkerView("I ran out of time", Extent.PARTLY),
        9: WorkerView("Fair, as a whole", Extent.YES),
    }
    client.sign_in(ruth)
    client.get(f"/audits/{sent.public_id}")
    assert "The worker's answer: In their wordsI wrote it down late" in client.text
    assert "Change who the worker is" not in client.text


def test_of_an_answer_that_is_too_long_the_beginning_is_kept_and_all_else_with_it(
    client: CheckedClient, session: Session, sent: Audit, hannah: Person
) -> None:
    client.sign_in(hannah)
    client.get(page(sent))
    typed = client.form("words_2").filled({"words_2": "w" * 9000, "words_9": "Fair"})
    kept = client.post(f"{page(sent)}/draft", data=typed).get_json()
    assert kept["problem"].startswith("Your words must be")
    response = now(session, sent).response
    assert response is not None
    assert set(response.views[2].words) == {"w"}
    assert response.views[9].words == "Fair"


def test_a_draft_is_read_by_nobody_else(
    client: CheckedClient, session: Session, sent: Audit, ruth: Person, hannah: Person
) -> None:
    audit = loaded(session, sent)
    commands.save_answer(session, audit, {2: WorkerView("Not ready yet")}, version=0, by=hannah)
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{sent.public_id}")
    assert "Not ready yet" not in client.text


@pytest.mark.parametrize("who", ["the auditor", "a moderator", "another worker", "an administrator"])
def test_nobody_else_opens_the_page(
    client: CheckedClient, session: Session, sent: Audit, ruth: Person, who: str
) -> None:
    others: dict[str, Callable[[], Person]] = {
        "the auditor": lambda: ruth,
        "a moderator": lambda: a_person(session, Role.MODERATOR, "Marcus Bell"),
        "another worker": lambda: a_person(session, None, "Liam Ford"),
        "an administrator": lambda: a_person(session, Role.ADMIN, "Neil Foster"),
    }
    person = others[who]()
    session.commit()
    client.sign_in(person)
    assert client.get(page(sent)).status_code == 403
    client.get("/my/responses")
    assert "CP-104" not in client.text


def test_the_worker_opens_no_other_page_of_the_audit(client: CheckedClient, sent: Audit, hannah: Person) -> None:
    client.sign_in(hannah)
    rests = ("", "/section/4", "/check", "/feedback", "/recall", "/worker", "/concern", "/remedial", "/moderate")
    answers = {rest: client.get(f"/audits/{sent.public_id}{rest}").status_code for rest in rests}
    assert answers == dict.fromkeys(rests, 403)


def test_before_it_is_sent_the_worker_sees_nothing_of_it(client: CheckedClient, draft: Audit, hannah: Person) -> None:
    client.sign_in(hannah)
    assert client.get(page(draft)).status_code == 200
    assert "The auditor has not sent this audit" in client.text
    assert STRENGTH not in client.text
    client.get("/my/responses")
    assert "CP-104" not in client.text


def test_after_the_last_day_it_can_be_read_and_not_answered(
    client: CheckedClient, session: Session, sent: Audit, hannah: Person
) -> None:
    client.sign_in(hannah)
    client.get(page(sent))
    typed = client.form("words_2").filled({"words_2": "Too late", "has_read": "y"})
    with clock.at(clock.now() + timedelta(days=9)):
        client.sign_in(hannah)
        client.get(page(sent))
        typed["csrf_token"] = _guard(client)
        assert "The last day for an answer has passed." in client.text
        assert STRENGTH in client.text
        assert client.post(page(sent), data={**typed, "go": "send"}).status_code == 409
        assert commands.end_due_responses(session) == 1
        session.commit()
    assert now(session, sent).response is None


def test_words_that_look_like_names_are_asked_about(
    client: CheckedClient, session: Session, sent: Audit, hannah: Person
) -> None:
    client.sign_in(hannah)
    client.get(page(sent))
    client.submit({"has_read": "y", "words_2": "Emma Thompson rang me"}, button="Send my answer")
    assert "Emma Thompson" in client.text
    client.submit({"names_confirmed": "y"}, button="Send my answer")
    assert now(session, sent).state is AuditState.FINAL


def test_two_windows_do_not_overwrite_each_other(
    client: CheckedClient, session: Session, sent: Audit, hannah: Person
) -> None:
    client.sign_in(hannah)
    client.get(page(sent))
    older = client.form("words_2").filled({"words_2": "From the first window"})
    client.submit({"words_2": "From the second window"}, button="Leave it for now")
    assert client.post(page(sent), data={**older, "go": "leave"}).status_code == 409
    for words in ("What is stored now", "From the second window", "From the first window"):
        assert words in client.text


def test_taken_back_and_sent_again_it_is_asked_again_from_what_was_said(
    client: CheckedClient, session: Session, sent: Audit, ruth: Person, hannah: Person
) -> None:
    audit = loaded(session, sent)
    commands.save_answer(session, audit, {2: WorkerView("As I said")}, version=0, by=hannah)
    commands.recall_audit(session, audit, version=audit.version, by=ruth)
    session.commit()
    client.sign_in(hannah)
    client.get(page(sent))
    assert STRENGTH not in client.text
    again = now(session, sent)
    commands.send_audit(session, again, names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    session.commit()
    client.get(page(sent))
    assert client.form("words_2").sent["words_2"] == ["As I said"]
    assert now(session, sent).state is AuditState.WORKER_RESPONSE


def test_once_the_worker_answered_an_audit_is_not_taken_back(
    session: Session, sent: Audit, ruth: Person, hannah: Person
) -> None:
    audit = loaded(session, sent)
    commands.send_answer(session, audit, {2: WorkerView("As I said")}, has_read=True, version=0, by=hannah)
    with pytest.raises(Conflict, match="has responded"):
        commands.recall_audit(session, audit, version=audit.version, by=ruth)


def test_another_worker_begins_anew(session: Session, sent: Audit, ruth: Person, hannah: Person) -> None:
    audit = loaded(session, sent)
    commands.save_answer(session, audit, {2: WorkerView("Not mine to say")}, version=0, by=hannah)
    other = a_person(session, None, "Liam Ford")
    commands.name_worker(session, audit, worker=other, version=audit.version, by=ruth)
    session.commit()
    after = now(session, sent)
    assert (after.worker_id, after.response) == (other.id, None)
    with pytest.raises(Forbidden):
        commands.save_answer(session, after, {}, version=0, by=hannah)
    commands.send_answer(session, after, {}, has_read=True, version=0, by=other)
    with pytest.raises(Conflict):
        commands.name_worker(session, after, worker=hannah, version=after.version, by=ruth)


def test_the_worker_never_moderates_the_audit(session: Session, ruth: Person) -> None:
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell")
    audit = an_audit(session, auditor=ruth, code="CP-7")
    answered(session, audit)
    audit = loaded(session, audit)
    commands.name_worker(session, audit, worker=marcus, version=audit.version, by=ruth)
    commands.send_audit(session, audit, names_confirmed=True, rule=MODERATE_AS_AGREED, by=ruth)
    commands.send_answer(session, audit, {}, has_read=True, version=0, by=marcus)
    assert audit.state is AuditState.MODERATION
    waiting = queries.moderation(session, audit.public_id)
    assert waiting is not None
    with pytest.raises(Forbidden):
        commands.take_moderation(
            session, waiting, team_reason="Nobody else is here", version=waiting.version, by=marcus
        )


def test_the_page_and_the_list_keep_to_their_budget(
    client: CheckedClient, sent: Audit, hannah: Person, database: House
) -> None:
    client.sign_in(hannah)
    for address, most in {page(sent): 12, "/my/responses": 4, "/nothing-here": 3}.items():
        with queries_of(database.engine) as statements:
            client.get(address)
        assert len(statements) <= most, (address, len(statements), statements)


def _day(day: object) -> str:
    return f"{day:%-d %b %Y}"


def _guard(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def test_the_worker_is_told_by_mail_until_the_last_day(session: Session, sent: Audit, hannah: Person) -> None:
    [awaited] = answers_awaited(session)[hannah.id]
    assert (awaited.public_id, awaited.code, awaited.due_on) == (
        sent.public_id,
        "CP-104",
        response_ends(clock.today()),
    )
    with clock.at(clock.now() + timedelta(days=9)):
        assert answers_awaited(session) == {}
