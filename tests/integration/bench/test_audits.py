"""The benchmark of audits loads what it says, and opens pages that answer."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.audit_loading import load_audits
from bench.audit_rows import QUESTIONS, ROUNDS
from bench.audits import PAGES, Opened
from bench.sizes import PASSWORD
from tests.support.builders.audits import a_tool
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Answer, Audit, AuditRound
from tracker.audits.queries import asked_of
from tracker.audits.rules.vocabulary import AuditState

AUDITS = 120


def test_every_audit_answers_sixty_questions_and_every_page_answers(
    app: Flask, session: Session, client: CheckedClient
) -> None:
    a_tool(session)
    session.commit()
    subject = load_audits(app, AUDITS)
    audits = session.scalars(select(Audit)).all()
    begun = [audit for audit in audits if audit.state is not AuditState.ALLOCATED]
    assert len(audits) == AUDITS
    assert {audit.state for audit in audits} >= {AuditState.IN_PROGRESS, AuditState.MODERATION, AuditState.CLOSED}
    assert session.scalar(select(func.count()).select_from(Answer)) == QUESTIONS * len(begun)
    assert session.scalar(select(func.count()).select_from(AuditRound)) == ROUNDS
    assert len(asked_of(session, begun[0]).by_id) == QUESTIONS
    session.rollback()
    for email, who in ((subject.auditor, "auditor"), (subject.moderator, "moderator")):
        client.sign_in(email, PASSWORD)
        addresses = [
            one.format(writing=subject.writing, final=subject.final) for one, reader in PAGES.values() if reader == who
        ]
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_form_has_a_limit_of_queries_and_every_page_one_of_seconds() -> None:
    assert Opened("check page", 11, 1.0, 1).is_good
    assert not Opened("check page", 12, 0.1, 1).is_good
    assert Opened("round", 14, 1.0, 1).is_good
    assert not Opened("round", 2, 1.1, 1).is_good
