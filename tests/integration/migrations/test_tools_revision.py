"""The revision that put tools in the database: audits keep the one they were made with, and their grades both ways."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_sent_audit, a_theme, an_audit, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits import queries
from tracker.audits.commands import add_default_tools
from tracker.audits.models import Audit
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.tool import Section, ToolState
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode
from tracker.core import clock
from tracker.people.rules import Role

BEFORE = "0018"


def fill(engine: Engine) -> None:
    """Store two sent audits, one not begun."""
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        a_sent_audit(session, auditor=ruth, developments={"fathers": "Ask him too"}, strengths={"voice": "Heard"})
        a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
        an_audit(session, auditor=ruth)
        session.commit()


def votes(engine: Engine) -> dict[str, tuple[int, int]]:
    today = clock.today()
    with Session(engine) as session:
        found = queries.theme_counts(session, since=today - timedelta(days=60), until=today + timedelta(days=60))
    return {code: (one.total.concerns, one.total.strengths) for code, one in found.items()}


def shown(sections: tuple[Section, ...]) -> list[tuple[object, ...]]:
    return [(one.code, one.title, one.question, one.good, one.theme, one.descriptors) for one in sections]


def test_audits_go_down_and_come_up_with_the_tool_that_they_had(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    fill(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET state = 'closed' WHERE grade = 'inadequate'"))
        connection.execute(text("UPDATE audit SET state = 'exempt' WHERE grade IS NULL"))
    before = votes(engine)

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT state FROM audit ORDER BY id")).all() == ["final", "final", "void"]
        assert connection.scalar(text("SELECT count(*) FROM audit_section")) == 2 * 8

    upgrade(bare_app)
    with Session(engine) as session:
        [kept] = queries.tool_versions(session)
        assert (kept.number, kept.state, kept.asks_every_theme) == (1, ToolState.RETIRED, True)
        assert shown(queries.tools_by_id(session, [kept.id])[kept.id].sections) == shown(FIRST_TOOL.sections)
        audits = session.scalars(select(Audit).order_by(Audit.id)).all()
        assert {(one.tool_id, one.mode) for one in audits} == {(kept.id, Mode.DESK)}
        assert [one.state for one in audits] == [AuditState.FINAL, AuditState.FINAL, AuditState.VOID]
        assert len(loaded(session, audits[0]).findings) == 2
    assert votes(engine) == before


def test_the_new_version_follows_the_one_that_was_kept(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    fill(engine)
    downgrade(bare_app, BEFORE)
    upgrade(bare_app)
    with Session(engine) as session:
        assert [add_default_tools(session) for _ in range(2)] == [1, 0]
        live, kept = queries.tool_versions(session)
        assert (live.number, live.state, live.follows_id) == (2, ToolState.LIVE, kept.id)
        tools = queries.tools_by_id(session, [live.id, kept.id])
        equal = [one.equals_id for one in tools[live.id].sections if one.is_graded]
        assert equal == [one.id for one in tools[kept.id].sections if one.is_graded]
        begun = a_round(session, name="December audits")
        assert an_audit(session, audit_round=begun).tool_id == live.id


def test_a_database_without_audits_gets_no_tool_by_the_revision(bare_app: Flask) -> None:
    upgrade(bare_app)
    with Session(engine_of(bare_app)) as session:
        assert queries.tool_versions(session) == []
