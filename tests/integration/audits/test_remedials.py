"""Remedial actions through HTTP: given, done by the owner, checked by somebody else, and what becomes of the audit."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_remedial, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import moderated
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.commands import send_audit
from tracker.audits.models import Audit, ReAudit, RemedialAction
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.remedials import RemedialState
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core.changelog.tables import log_entry
from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

DONE = "The review was held and is on the file."


@dataclass
class Cast:
    """The auditor of the file, who sees to it, and the moderator."""

    ruth: Person
    tom: Person
    marcus: Person


@pytest.fixture
def cast(session: Session) -> Cast:
    an_organisation(session)
    a_theme(session)
    return Cast(
        a_person(session, Role.AUDITOR, "Ruth Osei"),
        a_person(session, Role.LEAD, "Tom Whitcombe"),
        a_person(session, Role.MODERATOR, "Marcus Bell"),
    )


@pytest.fixture
def remedial(session: Session, cast: Cast) -> RemedialAction:
    audit = a_sent_audit(session, auditor=cast.ruth, code="CP-104", grade=Grade.GOOD)
    made = a_remedial(session, audit, owner=cast.tom)
    session.commit()
    return made


def at(remedial: RemedialAction) -> str:
    return f"/immediate-actions/{remedial.public_id}"


def state_of(session: Session, audit: Audit) -> AuditState:
    session.expire_all()
    return session.scalars(select(Audit).where(Audit.id == audit.id)).one().state


def take(client: CheckedClient, who: Person, remedial: RemedialAction, button: str, note: str = "") -> None:
    client.sign_in(who)
    client.get(at(remedial))
    client.submit({"note": note}, button=button)


def test_the_whole_way_from_the_audit_to_a_verified_close(client: CheckedClient, cast: Cast, session: Session) -> None:
    audit = an_audit(session, auditor=cast.ruth, code="CP-104")
    answered(session, audit, grade=Grade.INADEQUATE)
    session.commit()
    client.sign_in(cast.ruth)
    client.get(f"/audits/{audit.public_id}/check")
    client.submit(button="Send audit")
    assert "Say what must be put right for this child" in client.text
    assert state_of(session, audit) is AuditState.IN_PROGRESS

    client.get(f"/audits/{audit.public_id}/remedial")
    said = {"text": "Hold the review that was missed.", "owner": str(cast.tom.id), "priority": "urgent"}
    client.submit(said, button="Give it to them")
    assert "Given to Tom Whitcombe, due by 3 Dec 2026" in client.text
    remedial = session.scalars(select(RemedialAction)).one()
    client.get(f"/audits/{audit.public_id}/check")
    assert "Hold the review that was missed." in client.text
    client.submit(button="Send audit")
    session.expire_all()
    moderated(session, loaded(session, audit), cast.marcus)
    session.commit()
    assert state_of(session, audit) is AuditState.FINAL
    put_right(client, cast, session, audit, remedial)


def put_right(client: CheckedClient, cast: Cast, session: Session, audit: Audit, remedial: RemedialAction) -> None:
    """Let its owner do it, and a moderator see that it is done, send it back once each way, and close it."""
    take(client, cast.tom, remedial, "I have it in hand")
    take(client, cast.tom, remedial, "It is done", DONE)
    take(client, cast.marcus, remedial, "Send it back: it is not done", "The minutes are missing.")
    assert state_of(session, audit) is AuditState.FINAL
    take(client, cast.tom, remedial, "It is done", "The minutes are there now.")
    take(client, cast.marcus, remedial, "I saw it on the file: it is done", "Read the minutes.")
    assert state_of(session, audit) is AuditState.CLOSED
    client.get(at(remedial))
    for words in ("Took it in hand", "Sent it back: it is not done", "The minutes are missing.", "Marcus Bell, 26 Nov"):
        assert words in client.text
    client.submit(button="Send it back: it is not done")
    assert "Say what is still missing" in client.text
    client.submit({"note": "They are of another child."}, button="Send it back: it is not done")
    assert state_of(session, audit) is AuditState.FINAL
    take(client, cast.tom, remedial, "It is done", DONE)
    take(client, cast.marcus, remedial, "I saw it on the file: it is done", "Seen.")
    assert client.text.index("Close it") < client.text.index("Send it back"), "what is usual comes first"
    client.submit(button="Close it")
    session.expire_all()
    assert session.scalars(select(RemedialAction)).one().state is RemedialState.CLOSED
    assert state_of(session, audit) is AuditState.CLOSED


def test_an_inadequate_audit_is_final_only_with_something_to_put_right_and_is_audited_again(
    session: Session, cast: Cast
) -> None:
    audit = answered(session, an_audit(session, auditor=cast.ruth), grade=Grade.INADEQUATE)
    with pytest.raises(Invalid, match="what must be put right"):
        send_audit(session, audit, names_confirmed=True, by=cast.ruth)
    a_remedial(session, audit)
    send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=cast.ruth)
    planned = session.scalars(select(ReAudit)).one()
    assert (planned.audit_id, f"{planned.due_on:%-d %b %Y}") == (audit.id, "18 Feb 2027")
    a_sent_audit(session, auditor=cast.ruth, grade=Grade.GOOD)
    assert len(session.scalars(select(ReAudit)).all()) == 1


def test_its_owner_sees_it_and_its_code_and_nothing_of_the_audit(
    client: CheckedClient, cast: Cast, session: Session, remedial: RemedialAction
) -> None:
    audit = session.scalars(select(Audit)).one()
    client.sign_in(cast.tom)
    client.get("/immediate-actions")
    assert client.heading == "Remedial actions"
    assert "1 to do, 0 to be checked" in client.text
    assert "Hold the review" not in client.text
    client.follow("CP-104")
    assert "Hold the review that was missed." in client.text
    assert f"/audits/{audit.public_id}" not in {link.get("href") for link in client.page.iter("a")}
    for page in (f"/audits/{audit.public_id}", f"/audits/{audit.public_id}/remedial"):
        assert client.get(page).status_code == 403


WHO = {"owner": 200, "auditor of the file": 200, "moderator": 200, "another lead": 403, "another auditor": 403}
WHO |= dict.fromkeys(("office", "assurance", "viewer", "admin"), 403)


@pytest.mark.parametrize("who", WHO)
def test_it_opens_for_owner_auditor_and_moderator_and_opening_is_written_down(
    client: CheckedClient,
    cast: Cast,
    session: Session,
    remedial: RemedialAction,
    who: str,
) -> None:
    known = {"owner": cast.tom, "auditor of the file": cast.ruth, "moderator": cast.marcus}
    reader = known.get(who) or a_person(session, Role(who.removeprefix("another ")), "Sam Reader")
    session.commit()
    client.sign_in(reader)
    assert client.get(at(remedial)).status_code == WHO[who]
    session.rollback()
    theirs = select(log_entry.c.act).where(log_entry.c.actor == f"person:{reader.id}")
    wanted = "opened" if WHO[who] == 200 else "refused"
    assert wanted in session.scalars(theirs).all()


@pytest.mark.parametrize(
    "press",
    [("owner", "verify"), ("owner", "close"), ("auditor", "take"), ("auditor", "verify"), ("moderator", "claim")],
)
def test_a_hand_made_step_of_somebody_else_is_refused_and_changes_nothing(
    client: CheckedClient,
    cast: Cast,
    session: Session,
    remedial: RemedialAction,
    press: tuple[str, str],
) -> None:
    who, step = press
    client.sign_in({"owner": cast.tom, "auditor": cast.ruth, "moderator": cast.marcus}[who])
    client.get("/my/settings")
    token = next(field.get("value") for field in client.page.iter("input") if field.get("name") == "csrf_token")
    said = {"csrf_token": token, "answer": step, "note": "Done by me", "version": str(remedial.version)}
    answer = client.post(at(remedial), data=said)
    assert answer.status_code == 422
    assert "Somebody other than its owner" in client.text
    assert "Done by me" in client.text
    session.expire_all()
    stored = session.scalars(select(RemedialAction)).one()
    assert (stored.state, stored.version) == (RemedialState.OPEN, 1)


def test_a_moderator_who_sees_to_it_does_not_check_it(client: CheckedClient, cast: Cast, session: Session) -> None:
    made = a_remedial(session, a_sent_audit(session, auditor=cast.ruth), owner=cast.marcus)
    session.commit()
    take(client, cast.marcus, made, "It is done", DONE)
    client.get(at(made))
    assert "I saw it on the file" not in client.text


def test_an_older_page_writes_nothing_over_and_keeps_the_words(
    client: CheckedClient, cast: Cast, session: Session, remedial: RemedialAction
) -> None:
    client.sign_in(cast.tom)
    client.get(at(remedial))
    older = client.form("note").sent["version"]
    client.submit(button="I have it in hand")
    client.get(at(remedial))
    answer = client.submit({"version": str(older[0]), "note": DONE}, button="It is done")
    assert answer.status_code == 409
    assert DONE in client.text
    session.expire_all()
    assert session.scalars(select(RemedialAction)).one().state is RemedialState.IN_HAND


def test_pressing_twice_gives_one(client: CheckedClient, cast: Cast, session: Session) -> None:
    audit = a_sent_audit(session, auditor=cast.ruth)
    session.commit()
    client.sign_in(cast.ruth)
    client.get(f"/audits/{audit.public_id}/remedial")
    sent = {name: values[0] for name, values in client.form("text").sent.items() if values}
    said = {**sent, "text": "Hold the review that was missed.", "owner": str(cast.tom.id), "priority": "standard"}
    codes = [client.post(f"/audits/{audit.public_id}/remedial", data=said).status_code for _ in range(2)]
    assert codes == [303, 303]
    for wrong in ({"owner": "999999"}, {"priority": "soon"}, {"form_token": "x" * 400}, {"text": "a\x00b"}):
        assert client.post(f"/audits/{audit.public_id}/remedial", data={**said, **wrong}).status_code == 422
    assert len(session.scalars(select(RemedialAction)).all()) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": "Short"}, "Say what must be put right in 10 characters or more"),
        ({"text": "x" * 601}, "What must be put right must be 600 characters or fewer"),
        ({"owner": ""}, "Choose who sees to it"),
        ({"due_on": "1 Nov 2026"}, "The day it is due must be today or later"),
        ({"text": "Ring Emma Smith about the review."}, "These words look like names"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: CheckedClient, cast: Cast, session: Session, said: dict[str, str], words: str
) -> None:
    audit = a_sent_audit(session, auditor=cast.ruth)
    session.commit()
    client.sign_in(cast.ruth)
    client.get(f"/audits/{audit.public_id}/remedial")
    whole = {"text": "Hold the review that was missed.", "owner": str(cast.tom.id), "priority": "standard", **said}
    assert client.submit(whole, button="Give it to them").status_code == 422
    assert words in client.text
    assert session.scalars(select(RemedialAction)).all() == []


def test_names_can_be_confirmed(client: CheckedClient, cast: Cast, session: Session) -> None:
    audit = a_sent_audit(session, auditor=cast.ruth)
    session.commit()
    client.sign_in(cast.ruth)
    client.get(f"/audits/{audit.public_id}/remedial")
    said = {"text": "Ask the team at Rose Cottage.", "owner": str(cast.tom.id), "priority": "standard"}
    assert client.submit(said, button="Give it to them").status_code == 422
    client.submit({"names_confirmed": "y"}, button="Give it to them")
    assert "Given to Tom Whitcombe" in client.text


def test_a_void_audit_gets_none_and_a_viewer_is_given_none(client: CheckedClient, cast: Cast, session: Session) -> None:
    a_person(session, Role.VIEWER, "Vera Viewer")
    audit = a_sent_audit(session, auditor=cast.ruth)
    audit.state = AuditState.VOID
    session.commit()
    client.sign_in(cast.marcus)
    client.get(f"/audits/{audit.public_id}/remedial")
    assert "Vera Viewer" not in client.text
    said = {"text": "Hold the review that was missed.", "owner": str(cast.marcus.id), "priority": "standard"}
    assert client.submit(said, button="Give it to them").status_code == 409


def test_what_is_late_says_for_whom(
    client: CheckedClient, cast: Cast, session: Session, remedial: RemedialAction
) -> None:
    session.refresh(cast.ruth, ["grants"])
    for days, code in ((1, "CP-1"), (9, "CP-2")):
        late = a_remedial(session, a_sent_audit(session, auditor=cast.ruth, code=code), owner=cast.tom)
        late.due_on = late.due_on.replace(month=11, day=26 - days)
    session.commit()
    client.sign_in(cast.marcus)
    client.get("/immediate-actions")
    assert "3 to do, 0 to be checked, 2 late" in client.text
    assert "Late: for the manager of the team, from 3 Dec 2026 for the head of service" in client.text
    assert "Late: for the head of service, since 25 Nov 2026" in client.text


def test_the_list_asks_no_more_when_there_is_more(
    client: CheckedClient, cast: Cast, session: Session, remedial: RemedialAction, database: House
) -> None:
    def counted() -> list[int]:
        found = []
        for page in ("/immediate-actions", at(remedial)):
            with queries_of(database.engine) as statements:
                assert client.get(page).status_code == 200
            found.append(len(statements))
        return found

    client.sign_in(cast.tom)
    few = counted()
    audit = session.scalars(select(Audit)).one()
    for _ in range(5):
        a_remedial(session, audit, owner=cast.tom)
    session.commit()
    assert counted() == few
    assert max(few) <= 12
