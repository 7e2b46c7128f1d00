"""Stores many audits in bulk, past the commands and the change log; what a row holds is in `audit_rows`."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.audit_rows import AUDITORS, FIRST_AUDITOR, MODERATOR, Asked, audit_rows, deep_tool, round_rows, staff_rows
from bench.loading import insert_rows
from bench.rows import email, people_rows
from bench.sizes import PASSWORD
from tracker.audits.commands import draft_tool, make_tool_live
from tracker.audits.models import Audit, Theme
from tracker.audits.queries import tools_by_id
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.changelog import acting
from tracker.extensions import db, db_session
from tracker.people.commands import hash_password
from tracker.people.models import Person

_AT_A_TIME = 250


@dataclass(frozen=True)
class AuditSubject:
    """What is measured: who opens pages, and the addresses of an audit being written and of one that is final."""

    moderator: str
    auditor: str
    writing: str
    final: str


def load_audits(app: Flask, number: int) -> AuditSubject:
    """Load so many audits with a tool of sixty questions into an empty database."""
    hashed = hash_password(PASSWORD)
    with app.app_context():
        with db.engine.begin() as connection:
            insert_rows(connection, people_rows(hashed))
            insert_rows(connection, staff_rows(hashed))
        asked = _stored_tool(db_session())
        with db.engine.begin() as connection:
            insert_rows(connection, round_rows(asked.tool_id, number))
            for first in range(1, number + 1, _AT_A_TIME):
                numbers = range(first, min(first + _AT_A_TIME, number + 1))
                insert_rows(connection, dict(audit_rows(asked, numbers)))
        subject = _subject(db_session())
        db.session.remove()
    return subject


def _stored_tool(session: Session) -> Asked:
    """Have the tool stored and put in use by the commands, and return what rows name of it."""
    with acting("command:bench"):
        stored = draft_tool(session, deep_tool(), by=None)
        make_tool_live(session, stored, by=session.get_one(Person, MODERATOR))
        session.commit()
        tool = tools_by_id(session, [stored.id])[stored.id]
        themes = {theme.code: theme.id for theme in session.scalars(select(Theme))}
        graded = tuple((one.number, themes[one.theme]) for one in tool.sections if one.is_graded and one.theme)
        asked = Asked(tool.id, graded, tuple(tool.by_id))
    db.session.remove()
    return asked


def _subject(session: Session) -> AuditSubject:
    """Choose an audit that one of the auditors is writing, and one that is final."""
    wanted = select(Audit).where(Audit.auditor_id.between(FIRST_AUDITOR, FIRST_AUDITOR + AUDITORS)).order_by(Audit.id)
    writing = session.scalars(wanted.where(Audit.state == AuditState.IN_PROGRESS).limit(1)).one()
    final = session.scalars(wanted.where(Audit.state == AuditState.FINAL).limit(1)).one()
    return AuditSubject(email("moderator"), email(f"auditor{writing.auditor_id}"), writing.public_id, final.public_id)
