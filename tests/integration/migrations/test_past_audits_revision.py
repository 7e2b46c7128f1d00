"""The revision that let past audits in: going down keeps them, as far as a round and a final audit could hold them."""

from pathlib import Path

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme
from tests.support.builders.people import an_organisation
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits.imports.past_audits import PastFile, bring_in

BEFORE = "0025"
MAPPING = '{"columns": {"No": "ref", "Case": "case", "Day": "date", "Chosen": "selection", "Grade": "grade"}}'
# The same file twice in one round, and an audit without a grade.
ROWS = (
    b"No,Case,Day,Chosen,Grade\nA-1,C-1,2013-04-10,random,good\nA-2,C-1,2013-06-10,random,RI\n"
    b"A-3,C-2,2013-06-11,random,\n"
)


def test_past_audits_go_down_with_all_that_a_round_could_hold(bare_app: Flask, tmp_path: Path) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    with Session(engine) as session:
        an_organisation(session)
        a_theme(session)
        a_sent_audit(session)
        assert bring_in(session, PastFile(ROWS, "past.csv", MAPPING), by=0).accepted == 3
        session.commit()

    downgrade(bare_app, BEFORE)
    with engine.connect() as connection:
        states = connection.scalars(text("SELECT state FROM audit ORDER BY id")).all()
        rounds = connection.scalars(text("SELECT name FROM audit_round ORDER BY id")).all()
    assert states == ["final", "final", "final", "void"]
    assert [name.partition(" (")[0] for name in rounds] == ["November audits", "Past audits", "Past audits"]

    upgrade(bare_app)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit WHERE is_imported")) == 0
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 4
