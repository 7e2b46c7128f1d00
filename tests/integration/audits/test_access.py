"""Who may open what of audits, tried through HTTP, and what the log says of it (domain A9, security)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_round, a_sent_audit, a_theme, an_audit, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person
from tracker.people.rules import Role

OWNER, OTHER = "the auditor of the file", "another auditor"
EVERYBODY = [OWNER, OTHER, *(role.value for role in Role if role is not Role.AUDITOR)]
MODERATOR = {Role.MODERATOR.value}
PAGES: dict[str, set[str]] = {
    "/my/audits": {OWNER, OTHER},
    "/audits/{draft}": {OWNER} | MODERATOR,
    "/audits/{sent}": {OWNER} | MODERATOR,
    "/audits/{draft}/section/1": {OWNER},
    "/audits/{draft}/section/4": {OWNER},
    "/audits/{draft}/section/9": {OWNER},
    "/audits/{draft}/check": {OWNER},
    "/audits/{draft}/concern": {OWNER} | MODERATOR,
    "/audits/{draft}/side-by-side": {OWNER},
    "/audits/{draft}/feedback": {OWNER},
    "/audits/{sent}/feedback": {OWNER} | MODERATOR,
    "/audits/{sent}/recall": {OWNER},
    "/audits/{draft}/more-time": {OWNER},
    "/audits/more-time": MODERATOR,
    "/audits/{draft}/void": MODERATOR,
    "/concerns": MODERATOR,
    "/concerns/{concern}": MODERATOR,
    "/immediate-actions": {OWNER, OTHER, "office", "lead", "assurance"} | MODERATOR,
    "/audits/{draft}/remedial": {OWNER} | MODERATOR,
    "/audits/{sent}/re-audit": MODERATOR,
    "/re-audits": MODERATOR,
    "/audits": MODERATOR,
    "/audits/rounds/new": MODERATOR,
    "/audits/rounds/november-audits": MODERATOR,
    "/audits/tools": MODERATOR,
    "/audits/tools/new": MODERATOR,
    "/audits/tools/case-file-audit/2": MODERATOR,
    "/audits/tools/case-file-audit/2/preview/2": MODERATOR,
    "/audits/tools/case-file-audit/2/print": MODERATOR,
}
READ_ONLY = {"/audits/{draft}", "/audits/{sent}", "/audits/{draft}/feedback", "/audits/{sent}/feedback"}
POSTS = {page: who for page, who in PAGES.items() if "{" in page and page not in READ_ONLY}
POSTS["/audits/{draft}/section/4/draft"] = {OWNER}

Addresses = dict[str, str]


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def draft(session: Session, ruth: Person) -> Audit:
    a_round(session)
    return an_audit(session, auditor=ruth, code="CP-104")


@pytest.fixture
def addresses(session: Session, ruth: Person, draft: Audit) -> Addresses:
    sent = a_sent_audit(session, auditor=ruth, code="CP-105", developments={"risk": "Say who acts"})
    concern = a_concern(session, draft, by=ruth)
    session.commit()
    return {"draft": draft.public_id, "sent": sent.public_id, "concern": concern.public_id}


@pytest.fixture
def somebody(session: Session, ruth: Person) -> Callable[[str], Person]:
    def made(who: str) -> Person:
        if who == OWNER:
            return ruth
        role = Role.AUDITOR if who == OTHER else Role(who)
        person = a_person(session, role, "Sam Reader")
        session.commit()
        return person

    return made


def acts(session: Session, act: str) -> list[tuple[str, str, str]]:
    session.rollback()
    query = select(log_entry.c.actor, log_entry.c.subject_kind, log_entry.c.subject_id).where(log_entry.c.act == act)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(log_entry.c.number))]


def without_log(session: Session) -> None:
    """Take the log away, as a full disk or a wrong grant would."""
    session.execute(text("ALTER TABLE log_entry RENAME TO log_entry_away"))
    session.commit()


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_page_opens_for_those_of_the_table_and_for_nobody_else(
    client: CheckedClient, addresses: Addresses, somebody: Callable[[str], Person], who: str
) -> None:
    client.sign_in(somebody(who))
    answers = {page: client.get(page.format(**addresses)).status_code for page in PAGES}
    assert answers == {page: 200 if who in allowed else 403 for page, allowed in PAGES.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_is_refused_changes_nothing(
    client: CheckedClient, session: Session, addresses: Addresses, somebody: Callable[[str], Person], who: str
) -> None:
    client.sign_in(somebody(who))
    client.get("/my/settings")
    token = next(field.get("value") for field in client.page.iter("input") if field.get("name") == "csrf_token")
    words = dict.fromkeys(("strengths", "told_to", "what", "note", "reason"), "Not theirs to say")
    answers = {
        page: client.post(page.format(**addresses), data={"csrf_token": token, **words}).status_code
        for page, allowed in POSTS.items()
        if who not in allowed
    }
    assert answers == dict.fromkeys(answers, 403)
    after = session.scalars(select(Audit).where(Audit.public_id == addresses["draft"])).one()
    after = loaded(session, after)
    assert (after.state, after.sections, len(after.concerns)) == (AuditState.ALLOCATED, [], 1)
    assert after.concerns[0].acknowledged_at is None


def test_a_moderator_of_one_plan_only_reads_no_concern_and_is_told_of_none(
    client: CheckedClient, session: Session, addresses: Addresses
) -> None:
    reader = a_person(session, Role.MODERATOR, "Sam Reader", scope={"plan_id": a_plan(session).id})
    session.commit()
    client.sign_in(reader)
    assert client.get("/concerns").status_code == 200
    assert "No immediate concerns." in client.text
    assert "CP-104" not in client.text
    assert client.get("/audits").status_code == 200
    assert "concern waits" not in client.text
    assert "Rounds belong to the whole service." in client.text
    assert "November" not in client.text
    assert "Make a round" not in client.text
    for page in ("/audits/rounds/november-audits", "/audits/rounds/new"):
        assert client.get(page).status_code == 403
    assert client.get("/concerns/{concern}".format(**addresses)).status_code == 403


def test_nobody_sees_anything_without_signing_in(client: CheckedClient, addresses: Addresses) -> None:
    for page in PAGES:
        answer = client.get(page.format(**addresses))
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]


def test_what_does_not_exist_is_not_found(client: CheckedClient, ruth: Person, addresses: Addresses) -> None:
    client.sign_in(ruth)
    for page in ("/audits/NOSUCHAUDIT", "/audits/NOSUCHAUDIT/check", "/audits/{draft}/section/0"):
        assert client.get(page.format(**addresses)).status_code == 404
    for page in ("/audits/{draft}/section/10", "/audits/{draft}/section/99999999999", "/audits/{draft}/section/x"):
        assert client.get(page.format(**addresses)).status_code == 404


@pytest.mark.parametrize("page", ["/audits/{sent}", "/audits/{draft}/section/4", "/audits/{draft}/check"])
def test_opening_an_audit_is_written_down(
    client: CheckedClient, session: Session, ruth: Person, addresses: Addresses, page: str
) -> None:
    client.sign_in(ruth)
    client.get(page.format(**addresses))
    ids = {audit.public_id: str(audit.id) for audit in session.scalars(select(Audit))}
    name = page.split("{")[1].split("}", maxsplit=1)[0]
    assert acts(session, "opened") == [(f"person:{ruth.id}", "audit", ids[addresses[name]])]


def test_reading_a_concern_or_a_round_is_written_down(
    client: CheckedClient, session: Session, somebody: Callable[[str], Person], addresses: Addresses
) -> None:
    client.sign_in(somebody("moderator"))
    client.get("/concerns/{concern}".format(**addresses))
    client.get("/audits/rounds/november-audits")
    assert [kind for _, kind, _ in acts(session, "opened")] == ["immediate_concern", "audit_round"]


def test_another_auditor_is_refused_and_the_refusal_is_written_down(
    client: CheckedClient, session: Session, somebody: Callable[[str], Person], addresses: Addresses
) -> None:
    other = somebody(OTHER)
    client.sign_in(other)
    assert client.get("/audits/{sent}".format(**addresses)).status_code == 403
    assert "Say who acts" not in client.text
    assert [(actor, kind) for actor, kind, _ in acts(session, "refused")] == [(f"person:{other.id}", "audit")]
    assert acts(session, "opened") == []


@pytest.mark.parametrize(
    "hidden",
    [
        ("/audits/{sent}", "Say who acts"),
        ("/audits/{draft}/section/4", "Assessment and analysis"),
        ("/audits/{draft}/check", "CP-104"),
        ("/audits/{sent}/feedback", "Say who acts"),
        ("/audits/{sent}/recall", "CP-105"),
        ("/audits/{draft}/side-by-side", "CP-104"),
        ("/concerns/{concern}", "The safety plan no longer holds."),
        ("/audits/rounds/november-audits", "CP-105"),
    ],
)
def test_nothing_is_shown_when_the_log_cannot_be_written(
    client: CheckedClient,
    session: Session,
    somebody: Callable[[str], Person],
    addresses: Addresses,
    hidden: tuple[str, str],
) -> None:
    page, secret = hidden
    client.sign_in(somebody(OWNER if OWNER in PAGES[page] else "moderator"))
    without_log(session)
    answer = client.get(page.format(**addresses))
    assert answer.status_code == 503
    assert secret not in client.text


def test_raising_a_concern_shows_whom_to_ring_even_without_a_log(
    client: CheckedClient, session: Session, ruth: Person, addresses: Addresses
) -> None:
    client.sign_in(ruth)
    without_log(session)
    assert client.get("/audits/{draft}/concern".format(**addresses)).status_code == 200


def test_an_address_holds_no_case_reference(client: CheckedClient, ruth: Person, addresses: Addresses) -> None:
    client.sign_in(ruth)
    client.get("/my/audits")
    links = [link.get("href", "") for link in client.page.iter("a")]
    assert any(addresses["draft"] in link for link in links)
    assert not any("CP-10" in link for link in links)
