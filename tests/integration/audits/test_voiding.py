"""An audit is made void by somebody else than its auditor and its worker, in whatever state it is; through HTTP."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_sent_audit, a_theme, an_audit, loaded
from tests.support.builders.moderation import a_waiting_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.problems import Forbidden
from tracker.people.models import Person
from tracker.people.rules import Role

Make = Callable[[Session, Person], Audit]
WHY = "The wrong file was read"


def a_draft(session: Session, ruth: Person) -> Audit:
    return an_audit(session, auditor=ruth)


def a_final_one(session: Session, ruth: Person) -> Audit:
    return a_sent_audit(session, auditor=ruth)


def one_in_moderation(session: Session, ruth: Person) -> Audit:
    return a_waiting_audit(session, auditor=ruth)


@pytest.mark.parametrize("make", [a_draft, a_final_one, one_in_moderation])
def test_a_moderator_makes_void_neither_what_they_wrote_nor_what_is_of_their_own_work(
    client: CheckedClient, session: Session, make: Make
) -> None:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei", also=(Role.MODERATOR,))
    hannah, joanne = (a_person(session, Role.MODERATOR, name) for name in ("Hannah Webb", "Joanne Pike"))
    audit = make(session, ruth)
    audit.worker_id = hannah.id
    session.commit()
    address = f"/audits/{audit.public_id}/void"
    for person, words in ((ruth, "You audited this file"), (hannah, "You worked with this child")):
        client.sign_in(person)
        assert client.get(address).status_code == 200
        assert f"{words}, so another moderator has to make the audit void." in client.text
        assert "Why is this audit void?" not in client.text
        with pytest.raises(Forbidden, match=words):
            commands.void_audit(session, audit, reason=WHY, version=audit.version, by=person)
        session.rollback()
    client.sign_in(joanne)
    client.get(address)
    client.submit({"reason": WHY}, button="Make")
    session.rollback()
    session.expire_all()
    assert loaded(session, audit).state is AuditState.VOID
