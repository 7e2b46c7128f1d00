"""The revision of retention, legal holds and spent references: going down loses none of the audits' words."""

from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_sent_audit, a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits.commands.holds import set_hold
from tracker.audits.commands.retention import ask_run, carry_out, decide_run
from tracker.core import clock
from tracker.core.erasures import Keeping
from tracker.core.files import open_store
from tracker.people.rules import Role

BEFORE = "0028"
LONG_AGO = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)
AS_AT = date(2026, 11, 26)


def test_what_is_kept_and_what_went_stay_as_they_are_when_it_is_taken_back(bare_app: Flask, tmp_path: Path) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    keeping = Keeping(tmp_path / "erasures.jsonl", b"a key", open_store("", tmp_path / "files"))
    with Session(engine) as session:
        with clock.at(LONG_AGO):
            an_organisation(session)
            a_theme(session)
            ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
            for code in ("CP-104", "CP-105"):
                a_sent_audit(session, auditor=ruth, case=a_case(session, code=code), strengths={"voice": "Seen alone"})
        ada, grace = a_person(session, Role.ADMIN, "Ada Min"), a_person(session, Role.MODERATOR, "Grace Adeyemi")
        session.flush()
        run = ask_run(session, as_at=AS_AT, years=3, by=ada)
        decide_run(session, run, is_approved=True, version=run.version, by=grace)
        assert carry_out(session, keeping, run, most=1, by=0) == 1
        set_hold(session, why="An inquiry has asked for it", by=grace)
        session.commit()

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        codes = connection.scalars(text("SELECT code FROM case_reference ORDER BY id")).all()
        told = connection.scalars(text("SELECT strengths FROM audit_section WHERE strengths <> '' ORDER BY id")).all()
    assert codes == ["[erased 1]", "CP-105"]
    assert [words.startswith("[erased on") for words in told] == [True, False]

    upgrade(bare_app)
    with engine.connect() as connection:
        for table in ("retention_run", "legal_hold", "spent_reference"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        assert connection.scalar(text("SELECT audit_years FROM organisation")) == 3
