"""The revision of the audit form in depth: what audits said before is there after going down and coming up."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme, an_audit, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits import commands
from tracker.audits.commands import AboutFile, SectionAnswers
from tracker.audits.models import Audit
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import Extent, FamilyPart, WorkerView
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core import clock
from tracker.people.rules import Role

BEFORE = "0021"


def fill(engine: Engine) -> None:
    """Store an audit that was sent, and one that is written side by side."""
    today = clock.today()
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        a_sent_audit(session, auditor=ruth, developments={"fathers": "Ask him too"})
        draft = loaded(session, an_audit(session, auditor=ruth))
        commands.begin_side_by_side(
            session, draft, worker_role="social worker", has_large_text=True, version=draft.version, by=ruth
        )
        about = AboutFile(today, FileDays(today - timedelta(days=9), today), FamilyPart.GOT, "They are content.")
        read = {"read_from": today, "read_until": today, "audited_on": None}
        commands.save_facts(session, draft, **read, about=about, version=0, by=ruth)
        said = SectionAnswers(grade=Grade.GOOD, worker=WorkerView("I ran out of time", Extent.PARTLY))
        commands.save_section(session, draft, 4, answers=said, version=0, by=ruth)
        session.commit()


def test_audits_go_down_and_come_up_with_what_every_form_asks(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    fill(engine)

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT state FROM audit ORDER BY id")).all() == ["final", "in_progress"]
        assert connection.scalar(text("SELECT count(*) FROM finding")) == 1
        assert connection.scalar(text("SELECT grade FROM audit_section WHERE audit_id = 2 AND number = 4")) == "good"

    upgrade(bare_app)
    with Session(engine) as session:
        sent, draft = (loaded(session, one) for one in session.scalars(select(Audit).order_by(Audit.id)).all())
        assert (sent.state, sent.grade, [one.text for one in sent.findings]) == (
            AuditState.FINAL,
            Grade.GOOD,
            ["Ask him too"],
        )
        assert [(one.is_historic, one.put_right) for one in sent.findings] == [(False, None)]
        assert (draft.is_side_by_side, draft.worker_role, draft.family_part, draft.referred_on) == (
            False,
            "",
            None,
            None,
        )
        assert draft.section_grades[4] is Grade.GOOD
        assert [one.worker_view for one in draft.sections if one.number == 4] == [WorkerView()]
