"""The revision of remedial actions, re-audits and the further life of concerns: nothing older is lost either way."""

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits.commands import acknowledge_concern, act_on_concern, take_step
from tracker.audits.models import Audit
from tracker.audits.rules.remedials import Step
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.rules import Role


def test_concerns_grants_and_grades_stay_when_it_is_taken_back(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        head = a_person(session, Role.MODERATOR, "Grace Adeyemi", scope={"is_head": True})
        concern = a_concern(session, an_audit(session, auditor=ruth), by=ruth)
        acknowledge_concern(session, concern, note="On the way", version=concern.version, by=head)
        act_on_concern(session, concern, note="Seen", version=concern.version, by=head)
        audit = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
        [remedial] = audit.remedials
        for step, by in ((Step.CLAIM, remedial.owner), (Step.VERIFY, head)):
            take_step(session, remedial, step, note="On the file", version=remedial.version, by=by)
        assert audit.state is AuditState.CLOSED
        session.commit()

    downgrade(bare_app, "0023")
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT acknowledgement FROM immediate_concern")).all() == ["On the way"]
        assert connection.scalars(text("SELECT state FROM audit WHERE grade = 'inadequate'")).all() == ["final"]
        roles = connection.scalars(text("SELECT role FROM role_grant ORDER BY id")).all()
        assert roles.count("moderator") == 2

    upgrade(bare_app)
    with Session(engine) as session:
        kept = session.scalars(select(Audit).where(Audit.grade == Grade.INADEQUATE)).one()
        assert kept.state is AuditState.FINAL
        assert session.scalars(text("SELECT acted FROM immediate_concern")).all() == [""]
        assert session.scalar(text("SELECT count(*) FROM role_grant WHERE is_head")) == 0
        assert session.scalar(text("SELECT count(*) FROM remedial_action")) == 0
