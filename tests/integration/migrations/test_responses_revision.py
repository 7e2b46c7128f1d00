"""The revision of workers' answers: audits and what was said side by side are there after going down and coming up."""

from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.people.rules import Role

BEFORE = "0026"


def fill(engine: Engine) -> None:
    """Store an audit that its worker has begun to answer."""
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        ruth, hannah = a_person(session, Role.AUDITOR, "Ruth Osei"), a_person(session, None, "Hannah Webb")
        audit = loaded(session, answered(session, an_audit(session, auditor=ruth), strengths={"voice": "Seen alone"}))
        commands.name_worker(session, audit, worker=hannah, version=audit.version, by=ruth)
        commands.send_audit(session, audit, names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
        commands.save_answer(session, audit, {2: WorkerView("I wrote it late", Extent.NO)}, version=0, by=hannah)
        session.commit()


def test_audits_go_down_without_their_worker_and_come_up(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    fill(engine)

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT state FROM audit")).all() == ["worker_response"]
        assert connection.scalar(text("SELECT count(*) FROM finding")) == 1
        assert connection.scalar(text("SELECT count(*) FROM person")) > 1

    upgrade(bare_app)
    with Session(engine) as session:
        audit = loaded(session, session.scalars(select(Audit)).one())
        assert (audit.state, audit.mode) == (AuditState.WORKER_RESPONSE, Mode.COLLABORATIVE)
        assert (audit.worker, audit.response, len(audit.sections)) == (None, None, 8)
