"""The revision of moderation: audits in every stage of it go down as what they were before, and come up again."""

from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import MODERATE_ALL, a_waiting_audit, compared, moderated, taken
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import Side
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.rules import Role

BEFORE = "0022"
TABLES = ("audit_sending", "moderation", "moderated_section", "dispute", "panel_member")
POOR = AnswerValue.REQUIRES_IMPROVEMENT


def fill(engine: Engine) -> None:
    """Store one audit in each stage: final, with its worker, waiting, taken, returned, changed, disputed, panel."""
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        marcus, joanne = (a_person(session, Role.MODERATOR, name) for name in ("Marcus Bell", "Joanne Pike"))
        a_sent_audit(session, auditor=ruth)
        shared = an_audit(session, auditor=ruth)
        shared.worker_id = a_person(session, None, "Hannah Webb").id
        answered(session, shared)
        commands.send_audit(session, loaded(session, shared), names_confirmed=True, rule=MODERATE_ALL, by=ruth)
        a_waiting_audit(session, auditor=ruth)
        taken(session, a_waiting_audit(session, auditor=ruth), marcus)
        held = compared(session, a_waiting_audit(session, auditor=ruth), marcus)
        commands.return_audit(session, held, words="Look at the plan again.", version=held.version, by=marcus)
        moderated(session, a_waiting_audit(session, auditor=ruth), marcus, agreed={9: POOR})
        for is_called in (False, True):
            done = moderated(session, a_waiting_audit(session, auditor=ruth), marcus)
            why = "The dates are on file."
            dispute = commands.dispute_moderation(session, done, side=Side.AUDITOR, reason=why, by=ruth)
            if is_called:
                owen = a_person(session, Role.AUDITOR, "Owen Tranter")
                version = dispute.version
                commands.call_panel(session, dispute, members=[joanne, owen], version=version, by=joanne)
        session.commit()


def test_audits_in_every_stage_go_down_to_what_they_were_before_and_come_up_as_that(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    fill(engine)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT state FROM audit ORDER BY id")).all() == [
            "final",
            "worker_response",
            "moderation",
            "moderation",
            "returned",
            "final",
            "disputed",
            "panel",
        ]
        assert all(connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES)

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT state, grade FROM audit ORDER BY id")).all()
        assert [tuple(row) for row in stored] == [
            ("in_progress" if place == 4 else "final", "good") for place in range(8)
        ]
        assert connection.scalar(text("SELECT count(*) FROM audit_section WHERE grade = 'good'")) > 0

    upgrade(bare_app)
    with Session(engine) as session:
        found = session.scalars(select(Audit).order_by(Audit.id)).all()
        assert {one.grade for one in found} == {Grade.GOOD}
        assert [one.state for one in found].count(AuditState.FINAL) == 7
        assert [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES] == [0] * 5
        ruth = loaded(session, found[4]).auditor
        again = commands.send_audit(
            session, loaded(session, found[4]), names_confirmed=True, rule=MODERATE_ALL, by=ruth
        )
        assert again.state is AuditState.MODERATION
