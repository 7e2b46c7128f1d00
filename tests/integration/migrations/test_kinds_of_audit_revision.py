"""The revision of agencies, ways of auditing and themes audited again: nothing older is lost either way."""

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits.commands import make_programme
from tracker.audits.models import Audit, AuditRound, Mechanism
from tracker.audits.rules.other_words import FeedbackSource
from tracker.audits.rules.vocabulary import Grade, Mode
from tracker.people.rules import Role


def test_audits_keep_their_grade_and_how_they_were_done_and_mechanisms_what_they_count(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        make_programme(session, year=2026, by=a_person(session, Role.MODERATOR, "Marcus Bell"))
        audit = a_sent_audit(session, grade=Grade.GOOD)
        audit.mode = audit.round.mode = Mode.MULTI_AGENCY
        session.commit()

    downgrade(bare_app, "0027")
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT mode FROM audit")).all() == ["multi_agency"]
        assert connection.scalar(text("SELECT count(*) FROM mechanism")) == 12

    upgrade(bare_app)
    with Session(engine) as session:
        kept = session.scalars(select(Audit)).one()
        assert (kept.grade, kept.mode) == (Grade.GOOD, Mode.MULTI_AGENCY)
        assert session.scalars(select(AuditRound.mode)).all() == [Mode.DESK]
        query = select(Mechanism.counts).where(Mechanism.name == "Feedback from families")
        assert session.scalars(query).one() == FeedbackSource.FAMILIES
        assert session.scalar(text("SELECT count(*) FROM agency_part")) == 0
        assert session.scalar(text("SELECT count(*) FROM theme_re_audit")) == 0
