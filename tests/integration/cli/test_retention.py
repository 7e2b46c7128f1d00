"""The command of retention: dry unless told, and even then only what was approved in the pages."""

from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_sent_audit, a_theme
from tests.support.builders.people import a_person, an_organisation
from tracker.audits.commands.retention import ask_run, decide_run
from tracker.audits.models import Audit, CaseReference, RetentionRun
from tracker.core import clock
from tracker.people.rules import Role

LONG_AGO = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["retention", *words])


@pytest.fixture
def asked(session: Session) -> RetentionRun:
    """A run over two old audits that nobody has approved yet."""
    with clock.at(LONG_AGO):
        an_organisation(session)
        a_theme(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        for code in ("CP-104", "CP-105"):
            a_sent_audit(session, auditor=ruth, case=a_case(session, code=code), strengths={"voice": "Seen alone"})
    made = ask_run(session, as_at=clock.today(), years=3, by=a_person(session, Role.ADMIN, "Ada Min"))
    session.commit()
    return made


def test_without_run_it_shows_what_would_go_and_changes_nothing(
    app: Flask, session: Session, asked: RetentionRun
) -> None:
    said = run(app)
    assert said.exit_code == 0
    assert "2 audits would lose words and reference." in said.output
    assert "since 1 Jun 2023" in said.output
    assert "CP-104" not in said.output
    assert said.output.endswith("Nothing was changed.\n")
    assert "0 audits would lose" in run(app, "--as-at", "2026-05-31").output
    session.expire_all()
    assert set(session.scalars(select(Audit.erased_at))) == {None}


def test_with_run_it_does_what_was_approved_and_nothing_else(app: Flask, session: Session, asked: RetentionRun) -> None:
    refused = run(app, "--run")
    assert (refused.exit_code, "No run waits that was approved" in refused.output) == (1, True)
    assert "leave out --as-at" in run(app, "--run", "--as-at", "2030-01-01").output
    grace = a_person(session, Role.MODERATOR, "Grace Adeyemi")
    decide_run(session, asked, is_approved=True, version=asked.version, by=grace)
    session.commit()
    done = run(app, "--run")
    assert (done.exit_code, done.output) == (0, "Run 1 has ended: 2 audits lost words and reference.\n")
    session.expire_all()
    assert set(session.scalars(select(CaseReference.code))) == {"[erased 1]", "[erased 2]"}
    assert run(app, "--run").exit_code == 1
