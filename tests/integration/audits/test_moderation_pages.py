"""The pages of moderation through HTTP: blind until graded, both grades kept, who is refused (ux 8.14, domain A9)."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme
from tests.support.builders.moderation import a_waiting_audit, compared, moderated, moderation_of, taken
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit, Dispute, Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person
from tracker.people.rules import Role

POOR = AnswerValue.REQUIRES_IMPROVEMENT
SECTIONS = range(2, 10)
OWN = {f"own_{number}": "good" for number in SECTIONS}
AGREED = {f"agreed_{number}": "good" for number in SECTIONS}


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def marcus(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Marcus Bell")


@pytest.fixture
def waiting(session: Session, ruth: Person, marcus: Person) -> Audit:
    """An inadequate audit of Ruth's that waits: its grade, its words and why it was chosen are to stay hidden."""
    a_round(session)
    audit = a_waiting_audit(
        session, auditor=ruth, code="CP-105", grade=Grade.INADEQUATE, developments={"risk": "Say who acts"}
    )
    session.commit()
    return audit


def acts(session: Session, act: str) -> list[tuple[str, str]]:
    session.rollback()
    query = select(log_entry.c.actor, log_entry.c.subject_kind).where(log_entry.c.act == act)
    return [(row[0], row[1]) for row in session.execute(query.order_by(log_entry.c.number))]


def stored(session: Session, audit: Audit) -> Moderation:
    session.rollback()
    session.expire_all()
    return moderation_of(session, audit)


def test_a_moderator_grades_blind_compares_and_agrees(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    client.sign_in(marcus)
    client.get("/moderation")
    assert "1 audit waits. The target is 10 working days." in client.text
    client.follow("CP-105")
    client.submit(button="Moderate this audit")
    assert client.heading == "Your own grades for CP-105"
    client.submit({"own_2": "good"}, button="Compare")
    assert client.text.count("before you compare") == 2 * 7, "all that are missing, above and beside their fields"
    client.submit(OWN, button="Compare")
    assert client.heading == "Compare grades for CP-105"
    assert "Say who acts" in client.text
    client.submit(AGREED, button="Keep the agreed")
    assert "Say why in 10 characters or more" in client.text
    why = {"reason": "The safety plan is on file.", "about": "practice", "notes": "We read it together."}
    client.submit({**AGREED, **why}, button="Keep the agreed")
    assert "Changed: CP-105" in client.text
    done = stored(session, waiting)
    assert (done.outcome, done.audit.state, done.moderator_id) == (Outcome.CHANGED, AuditState.FINAL, marcus.id)
    assert {one.before for one in done.graded} == {AnswerValue.INADEQUATE}
    assert {one.counted for one in done.graded} == {AnswerValue.GOOD}
    client.get("/audits/rounds/november-audits")
    assert "Of 1 final audit: 1 Good." in client.text


def test_nothing_tells_a_moderator_the_auditors_grades_before_their_own(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    taken(session, waiting, marcus)
    session.commit()
    client.sign_in(marcus)
    address = f"/audits/{waiting.public_id}"
    for page in ("/moderation", address, f"{address}/moderation", "/audits", "/audits/rounds/november-audits"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "nadequate" not in answer.text, page
        assert "Say who acts" not in answer.text, page
    # The form offers the grade as one of four, and none of them is chosen.
    form = client.get(f"{address}/moderate/grades").text
    assert "checked" not in form
    assert "Say who acts" not in form
    assert client.get(f"{address}/moderate/comparison").status_code == 303
    assert client.get(f"{address}/moderate/return").status_code == 303
    assert waiting.public_id not in client.get("/search?q=Say+who+acts").text
    for end in ("csv", "xlsx"):
        assert b"CP-105" not in client.get(f"/moderation/agreement.{end}").data


def test_the_round_page_of_an_empty_queue_says_when_audits_appear(client: CheckedClient, session: Session) -> None:
    an_organisation(session)
    reader = a_person(session, Role.MODERATOR, "Sam Reader")
    session.commit()
    client.sign_in(reader)
    client.get("/moderation")
    assert "Nothing waits to be moderated." in client.text
    client.get("/moderation/agreement")
    assert "No moderation ended in these months." in client.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_nobody_but_moderators_opens_or_sends_anything_of_moderation(
    client: CheckedClient, session: Session, waiting: Audit, role: Role
) -> None:
    reader = a_person(session, role, "Sam Reader")
    session.commit()
    client.sign_in(reader)
    client.get("/my/settings")
    token = next(field.get("value") for field in client.page.iter("input") if field.get("name") == "csrf_token")
    address = f"/audits/{waiting.public_id}"
    pages = [f"{address}{end}" for end in ("/moderate", "/moderate/grades", "/moderation", "/panel")]
    pages += [f"{address}/moderate/comparison", f"{address}/moderate/return"]
    lists = ["/moderation", "/moderation/agreement", "/moderation/agreement.csv", "/moderation/agreement.xlsx"]
    assert [client.get(page).status_code for page in (*pages, *lists)] == [403] * 10
    sent = [client.post(page, data={"csrf_token": token, **OWN, "reason": "Not theirs"}).status_code for page in pages]
    assert sent == [403] * 6
    assert stored(session, waiting).moderator_id is None
    assert len(acts(session, "refused")) == 16


def test_an_auditor_who_moderates_too_is_refused_their_own(
    client: CheckedClient, session: Session, marcus: Person
) -> None:
    an_organisation(session)
    both = a_person(session, Role.AUDITOR, "Owen Tranter", also=(Role.MODERATOR,))
    audit = a_waiting_audit(session, auditor=both, code="CP-107")
    session.commit()
    client.sign_in(both)
    client.get("/moderation")
    assert not [link for link in client.page.iter("a") if audit.public_id in link.get("href", "")]
    for end in ("/moderate", "/moderate/grades", "/moderate/comparison", "/panel"):
        assert client.get(f"/audits/{audit.public_id}{end}").status_code == 403


def test_a_moderator_of_the_same_team_gives_a_reason_or_is_refused(
    client: CheckedClient, session: Session, waiting: Audit, ruth: Person, marcus: Person
) -> None:
    ruth.unit_id = marcus.unit_id = a_unit(session, name="South Team").id
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{waiting.public_id}/moderate")
    assert "You work in the same team as the auditor." in client.text
    assert client.submit(button="Moderate this audit").status_code == 422
    assert stored(session, waiting).moderator_id is None
    client.submit({"team_reason": "Nobody else is here"}, button="Moderate this audit")
    assert stored(session, waiting).team_reason == "Nobody else is here"


def test_a_stale_form_and_a_second_moderator_change_nothing(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    client.sign_in(marcus)
    client.get(f"/audits/{waiting.public_id}/moderate")
    joanne = a_person(session, Role.MODERATOR, "Joanne Pike")
    taken(session, waiting, joanne)
    session.commit()
    assert client.submit(button="Moderate this audit").status_code == 403
    assert stored(session, waiting).moderator_id == joanne.id
    for end in ("/moderate/grades", "/moderate/comparison", "/moderate/return"):
        assert client.get(f"/audits/{waiting.public_id}{end}").status_code == 403


def test_pressing_twice_agrees_once(client: CheckedClient, session: Session, waiting: Audit, marcus: Person) -> None:
    compared(session, waiting, marcus)
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{waiting.public_id}/moderate/comparison")
    form = client.form("reason")
    fields = form.filled({**AGREED, "reason": "The plan is on file.", "about": "form"})
    address = f"/audits/{waiting.public_id}/moderate/comparison"
    assert [client.post(address, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(session.scalars(select(Moderation)).all()) == 1


def test_what_is_not_offered_is_refused_beside_its_field(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    taken(session, waiting, marcus)
    session.commit()
    client.sign_in(marcus)
    address = f"/audits/{waiting.public_id}/moderate/grades"
    client.get(address)
    fields = client.form("own_2").filled({})
    for value in ("superb", "met", "\x00", "x" * 2_000_000):
        assert client.post(address, data={**fields, **OWN, "own_2": value}).status_code in {413, 422}
    # The whole has a grade or none: it cannot do without one.
    assert client.post(address, data={**fields, **OWN, "own_9": "not_applicable"}).status_code == 422
    assert [one.own for one in stored(session, waiting).graded if one.own] == []


def test_the_auditor_reads_what_came_of_it_and_disputes_it(
    client: CheckedClient, session: Session, waiting: Audit, ruth: Person, marcus: Person
) -> None:
    moderated(session, waiting, marcus, agreed={9: POOR})
    session.commit()
    client.sign_in(ruth)
    client.get("/my/audits")
    client.follow("Moderated: Changed, CP-105")
    assert "The plan on file says otherwise." in client.text
    assert "Graded Inadequate" in client.text
    client.submit({"reason": "The dates are on file."}, button="Dispute")
    assert "It does not count until a panel has decided." in client.text
    assert stored(session, waiting).audit.state is AuditState.DISPUTED
    assert client.get(f"/audits/{waiting.public_id}/panel").status_code == 403


def test_a_panel_of_two_others_has_the_last_word(
    client: CheckedClient, session: Session, waiting: Audit, ruth: Person, marcus: Person
) -> None:
    moderated(session, waiting, marcus, agreed={9: POOR})
    joanne = a_person(session, Role.MODERATOR, "Joanne Pike")
    owen = a_person(session, Role.AUDITOR, "Owen Tranter")
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{waiting.public_id}/moderation")
    client.submit({"reason": "The dates are on file."}, button="Dispute")
    client.sign_in(marcus)
    assert client.get(f"/audits/{waiting.public_id}/panel").status_code == 403
    client.sign_in(joanne)
    client.get("/moderation")
    client.follow("CP-105")
    client.follow("Go on with the panel")
    assert client.submit({"members": [str(joanne.id)]}, button="Name the panel").status_code == 422
    client.submit({"members": [str(joanne.id), str(owen.id)]}, button="Name the panel")
    panel = {f"panel_{number}": "good" for number in SECTIONS}
    client.submit({**panel, "reason": "All dates are on file."}, button="Keep the decision")
    assert "Decided: CP-105" in client.text
    found = stored(session, waiting)
    assert found.audit.state is AuditState.FINAL
    assert {one.counted for one in found.graded} == {AnswerValue.GOOD}
    assert session.scalars(select(Dispute.decided_by_id)).all() == [joanne.id]


def test_a_returned_audit_shows_words_and_no_grades(
    client: CheckedClient, session: Session, waiting: Audit, ruth: Person, marcus: Person
) -> None:
    compared(session, waiting, marcus)
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{waiting.public_id}/moderate/comparison")
    client.follow("Return it to the auditor")
    client.submit({"words": "x" * 601}, button="Return it")
    assert "What to look at again must be 600 characters or fewer (you have 601)" in client.text
    client.submit({"words": "Read the plan of May again."}, button="Return it")
    client.sign_in(ruth)
    client.get("/my/audits")
    assert "1 audit to finish" in client.heading
    client.follow("Moderated: Returned to the auditor, CP-105")
    assert "Read the plan of May again." in client.text
    assert list(client.page.iter("table")) == []


def test_opening_is_written_down_before_anything_is_shown(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    client.sign_in(marcus)
    client.get(f"/audits/{waiting.public_id}/moderate")
    client.submit(button="Moderate this audit")
    assert acts(session, "opened") == [(f"person:{marcus.id}", "moderation")] * 2


def test_rates_stand_on_a_page_and_in_files_and_by_auditor_for_the_qa_lead_only(
    client: CheckedClient, session: Session, waiting: Audit, marcus: Person
) -> None:
    moderated(session, waiting, marcus, own={4: POOR}, agreed={9: POOR})
    session.commit()
    client.sign_in(marcus)
    client.get("/moderation/agreement")
    assert "Overall grade 1 0 of 1 (0%) 1 of 1 (100%) 0 of 1 (0%)" in client.text
    assert "Ruth Osei" in client.text
    rows = list(csv.DictReader(StringIO(client.get("/moderation/agreement.csv").data.decode("utf-8-sig"))))
    assert rows[0] == {
        "list": "All",
        "name": "Overall grade",
        "moderated": "1",
        "kept": "0",
        "up": "1",
        "down": "0",
        "kappa": "0.0",
        "kappa_n": "1",
        "median_days": "0",
        "in_time": "1",
        "timed": "1",
    }
    book = load_workbook(BytesIO(client.get("/moderation/agreement.xlsx").data))
    assert book.sheetnames == ["About", "All", "Theme", "Team", "Auditor"]
    assert acts(session, "exported") == [(f"person:{marcus.id}", "")] * 2
