"""Who has a say in a dispute: nobody with a part in what is disputed, through commands, pages and queue (domain A3)."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme
from tests.support.builders.moderation import a_waiting_audit, moderated, moderation_of
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands, queries
from tracker.audits.models import Audit, Dispute, Moderation
from tracker.audits.rules.moderating import Side
from tracker.core.problems import Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

WHY = "The dates are on file."


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    """The auditor, and moderators: one who moderates, one whose work it is, one for the service, two without a part."""
    an_organisation(session)
    a_theme(session)
    a_round(session)
    names = {"marcus": "Marcus Bell 2", "hannah": "Hannah Webb", "joanne": "Joanne Pike", "owen": "Owen Tranter"}
    found = {key: a_person(session, Role.MODERATOR, name) for key, name in names.items()}
    grace = a_person(session, Role.MODERATOR, "Grace Adeyemi")
    return {**found, "grace": grace, "ruth": a_person(session, Role.AUDITOR, "Ruth Osei")}


@pytest.fixture
def audit(session: Session, people: dict[str, Person]) -> Audit:
    """An audit of Hannah's work by Ruth that Marcus moderated."""
    made = a_waiting_audit(session, auditor=people["ruth"], code="CP-105")
    made.worker_id = people["hannah"].id
    moderated(session, made, people["marcus"])
    session.commit()
    return made


@pytest.fixture
def dispute(session: Session, people: dict[str, Person], audit: Audit) -> Dispute:
    """Joanne's dispute of it, for the service."""
    held = moderation_of(session, audit)
    made = commands.dispute_moderation(session, held, side=Side.SERVICE, reason=WHY, by=people["joanne"])
    session.commit()
    return made


def now(session: Session, audit: Audit) -> Moderation:
    session.rollback()
    session.expire_all()
    return moderation_of(session, audit)


@pytest.mark.parametrize("who", ["ruth", "marcus", "hannah", "joanne"])
def test_whoever_has_a_part_neither_calls_the_panel_nor_sits_on_it_nor_records_what_it_decides(
    session: Session, people: dict[str, Person], audit: Audit, dispute: Dispute, who: str
) -> None:
    del dispute
    involved, owen, grace = people[who], people["owen"], people["grace"]
    held = now(session, audit)
    [found] = held.disputes
    with pytest.raises(Forbidden):
        commands.call_panel(session, found, members=[owen, grace], version=found.version, by=involved)
    with pytest.raises(Invalid, match="cannot sit on the panel"):
        commands.call_panel(session, found, members=[owen, involved], version=found.version, by=grace)
    assert involved not in queries.panel_candidates(session, held)
    commands.call_panel(session, found, members=[owen, grace], version=found.version, by=grace)
    tool = queries.asked_of(session, audit)
    grades = {one.number: one.counted for one in held.graded if one.counted}
    with pytest.raises(Forbidden):
        commands.decide_dispute(session, found, tool, grades=grades, reason=WHY, version=found.version, by=involved)


def test_those_without_a_part_may_sit_on_the_panel(
    session: Session, people: dict[str, Person], audit: Audit, dispute: Dispute
) -> None:
    del dispute
    names = [one.name for one in queries.panel_candidates(session, moderation_of(session, audit))]
    assert names == ["Grace Adeyemi", "Marcus Bell", "Owen Tranter"]


@pytest.mark.parametrize("who", ["marcus", "hannah"])
def test_neither_moderator_nor_worker_disputes_for_the_service(
    client: CheckedClient, session: Session, people: dict[str, Person], audit: Audit, who: str
) -> None:
    held = moderation_of(session, audit)
    with pytest.raises(Forbidden):
        commands.dispute_moderation(session, held, side=Side.SERVICE, reason=WHY, by=people[who])
    client.sign_in(people[who])
    client.get(f"/audits/{audit.public_id}/moderation")
    assert "Dispute it" not in client.text


@pytest.mark.parametrize(("who", "may"), [("marcus", False), ("hannah", False), ("joanne", False), ("owen", True)])
def test_the_page_of_the_panel_opens_for_those_without_a_part(
    client: CheckedClient, people: dict[str, Person], audit: Audit, dispute: Dispute, who: str, *, may: bool
) -> None:
    del dispute
    client.sign_in(people[who])
    client.get(f"/audits/{audit.public_id}/moderation")
    assert ("Go on with the panel" in client.text) is may
    assert "Not named yet. A moderator without a part in it names two or more people" in client.text
    assert client.get(f"/audits/{audit.public_id}/panel").status_code == (200 if may else 403)
    assert ("Name the panel" in client.text) is may


def test_the_queue_leads_the_worker_nowhere(client: CheckedClient, session: Session, people: dict[str, Person]) -> None:
    waiting = a_waiting_audit(session, auditor=people["ruth"], code="CP-106")
    waiting.worker_id = people["hannah"].id
    session.commit()
    for who, may in (("hannah", False), ("owen", True)):
        client.sign_in(people[who])
        answer = client.get("/moderation")
        assert (f"/audits/{waiting.public_id}/moderate" in answer.get_data(as_text=True)) is may
