"""Nothing of an audit reaches somebody who may be asked to grade it blind, on any page; through HTTP (domain A3)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
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
from tests.support.builders.moderation import MODERATE_ALL, a_waiting_audit, compared, moderated, taken
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.remedials import remedial_missing
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person
from tracker.people.rules import Role

SECRET, PUT_RIGHT, DANGER = "Say who acts", "Hold the review that was missed", "The safety plan no longer holds"
WHOLE = 9
# The pages that are about one audit, and what each answers to a moderator while it is hidden.
PAGES = {
    "": 200,
    "/feedback": 403,
    "/section/4": 403,
    "/section/9": 403,
    "/check": 403,
    "/side-by-side": 403,
    "/recall": 403,
    "/more-time": 403,
    "/void": 200,
    "/concern": 200,
    "/remedial": 200,
    "/re-audit": 403,
}
LISTS = (
    "/audits",
    "/audits/rounds/november-audits",
    "/audits/programme",
    "/moderation",
    "/moderation/agreement",
    "/moderation/agreement.csv",
    "/re-audits",
    "/search?q=Say+who+acts",
    "/search?kind=finding&q=Say+who+acts",
    "/themes/risk",
    "/themes/risk/words",
    "/themes/risk/numbers.csv",
)
Made = Callable[[Session, Person, Person], Audit]


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def marcus(session: Session, ruth: Person) -> Person:
    """A moderator of the auditor's own team."""
    a_unit(session, name="Team of the files")
    made = a_person(session, Role.MODERATOR, "Marcus Bell")
    made.unit_id = ruth.unit_id = a_unit(session, name="North Team").id
    return made


def _drafted(session: Session, ruth: Person) -> Audit:
    audit = an_audit(session, auditor=ruth, code="CP-105")
    answered(session, audit, grade=Grade.INADEQUATE, developments={"risk": SECRET})
    a_remedial(session, audit)
    return audit


def draft(session: Session, ruth: Person, marcus: Person) -> Audit:
    del marcus
    return _drafted(session, ruth)


def with_the_worker(session: Session, ruth: Person, marcus: Person) -> Audit:
    audit = draft(session, ruth, marcus)
    audit.worker_id = a_person(session, None, "Hannah Webb").id
    return commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_ALL, by=ruth)


def waiting(session: Session, ruth: Person, marcus: Person) -> Audit:
    audit = draft(session, ruth, marcus)
    return commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_ALL, by=ruth)


def taken_on(session: Session, ruth: Person, marcus: Person) -> Audit:
    audit = waiting(session, ruth, marcus)
    taken(session, audit, marcus)
    return audit


def compared_by_another(session: Session, ruth: Person, marcus: Person) -> Audit:
    audit = waiting(session, ruth, marcus)
    compared(session, audit, a_person(session, Role.MODERATOR, "Joanne Pike"))
    return audit


def returned_by_another(session: Session, ruth: Person, marcus: Person) -> Audit:
    audit = waiting(session, ruth, marcus)
    joanne = a_person(session, Role.MODERATOR, "Joanne Pike")
    held = compared(session, audit, joanne)
    commands.return_audit(session, held, words=f"{SECRET}, again", version=held.version, by=joanne)
    return audit


HIDDEN = [draft, with_the_worker, waiting, taken_on, compared_by_another, returned_by_another]


def acts(session: Session, act: str) -> list[str]:
    session.rollback()
    query = select(log_entry.c.subject_kind).where(log_entry.c.act == act)
    return list(session.scalars(query.order_by(log_entry.c.number)))


def says_nothing(client: CheckedClient, page: str) -> bool:
    """Whether a page has neither a word of the auditor's nor the grade."""
    return SECRET not in client.text.split("results for")[-1] and "nadequate" not in client.text.replace(
        "An audit graded Inadequate needs something", ""
    ).replace("always when it is Inadequate", "")


@pytest.mark.parametrize("made", HIDDEN)
def test_a_moderator_sees_how_far_it_is_and_what_must_be_put_right_and_no_more(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person, made: Made
) -> None:
    a_round(session)
    audit = made(session, ruth, marcus)
    a_concern(session, audit, by=ruth)
    session.commit()
    client.sign_in(marcus)
    for end, code in PAGES.items():
        assert client.get(f"/audits/{audit.public_id}{end}").status_code == code, end
        assert says_nothing(client, end), end
    client.get(f"/audits/{audit.public_id}")
    assert PUT_RIGHT in client.text
    assert DANGER in client.text
    assert "sections done" in client.text
    assert "Feedback on one page" not in client.text
    assert len(acts(session, "refused")) == [*PAGES.values()].count(403)


@pytest.mark.parametrize("made", HIDDEN)
def test_no_list_search_or_file_tells_a_moderator_of_it(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person, made: Made
) -> None:
    a_round(session)
    audit = made(session, ruth, marcus)
    session.commit()
    client.sign_in(marcus)
    for page in LISTS:
        answer = client.get(page)
        assert answer.status_code == 200, page
        words = answer.get_data(as_text=True)
        assert audit.public_id not in words or page in {"/moderation", "/audits/rounds/november-audits"}, page
        if "/search" not in page:
            assert SECRET not in words, page
    client.get("/audits/rounds/november-audits")
    assert "final audit" not in client.text
    remedial = loaded(session, audit).remedials[0].public_id
    for page in ("/immediate-actions", f"/immediate-actions/{remedial}"):
        assert client.get(page).status_code == 200
        assert says_nothing(client, page)


def test_what_was_returned_is_not_told_to_whoever_may_moderate_it_anew(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person
) -> None:
    audit = returned_by_another(session, ruth, marcus)
    session.commit()
    address = f"/audits/{audit.public_id}/moderation"
    client.sign_in(marcus)
    client.get(address)
    assert "It is shown when the audit was moderated anew." in client.text
    assert says_nothing(client, address)
    for reader in ("Ruth Osei", "Joanne Pike"):
        client.sign_in(session.scalars(select(Person).where(Person.name == reader)).one())
        assert f"{SECRET}, again" in client.get(address).text


def test_a_re_audit_that_is_hidden_is_hidden_beside_the_audit_before(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person
) -> None:
    case = a_case(session, code="CP-105")
    first = a_sent_audit(session, auditor=ruth, case=case, grade=Grade.INADEQUATE)
    later = a_round(session, name="December audits")
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    after = a_sent_audit(session, auditor=keith, case=case, audit_round=later, rule=MODERATE_ALL)
    after.re_audit_of_id = first.id
    session.commit()
    client.sign_in(marcus)
    page = f"/audits/{after.public_id}/before-and-after"
    assert client.get(page).status_code == 403
    moderated(session, after, marcus, own={WHOLE: AnswerValue.OUTSTANDING}, agreed={WHOLE: AnswerValue.OUTSTANDING})
    session.commit()
    client.get(page)
    rows = {
        "".join(row[0].itertext()): ["".join(cell.itertext()) for cell in row[1:]] for row in client.page.iter("tr")
    }
    assert rows["The whole"] == ["Inadequate", "Outstanding", "Better"]


def test_a_moderator_who_raises_a_concern_goes_back_to_what_they_may_read(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person
) -> None:
    audit = _drafted(session, ruth)
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{audit.public_id}/concern")
    client.submit({"told_to": "Duty team manager", "what": DANGER}, button="Record")
    assert "Recorded: a child may be at risk now" in client.text
    assert "Only its auditor reads an audit before it is sent." in client.text


def test_a_grade_lowered_to_inadequate_is_kept_once_somebody_was_given_what_must_be_put_right(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, code="CP-106")
    tom = a_person(session, Role.LEAD, "Tom Whitcombe")
    compared(session, audit, marcus, own={WHOLE: AnswerValue.INADEQUATE})
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{audit.public_id}/moderate/comparison")
    agreed = {f"agreed_{number}": "good" for number in range(2, 9)}
    said = {**agreed, "agreed_9": "inadequate", "reason": "Nobody saw the child.", "about": "practice"}
    assert client.submit(said, button="Keep the agreed").status_code == 422
    client.get(f"/audits/{audit.public_id}/moderate/comparison")
    client.follow(remedial_missing(Grade.INADEQUATE, 0) or "")
    client.submit({"text": "See the child alone", "owner": str(tom.id), "priority": "urgent"}, button="Give it to them")
    assert client.heading == "Compare grades for CP-106"
    assert "Still missing" not in client.text
    client.submit(said, button="Keep the agreed")
    assert "Changed: CP-106" in client.text
    session.rollback()
    session.expire_all()
    assert loaded(session, audit).state is AuditState.FINAL
