"""What the town's database holds, in a form that can be compared: a refused call must leave it as it was."""

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session

Fingerprint = dict[str, tuple[int, str]]
LEFT_OUT = frozenset({"log_entry", "log_payload", "sign_in_guess", "person_session", "sqlite_sequence", "sqlite_stat1"})


def fingerprint(session: Session) -> Fingerprint:
    """Return the number of rows and a digest of every table but the log, the guesses and the sessions."""
    session.rollback()
    names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
    found = {name: _digest(session, name) for name in names if name not in LEFT_OUT}
    session.rollback()
    return found


def _digest(session: Session, table: str) -> tuple[int, str]:
    rows = session.connection().exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY 1').all()
    return len(rows), hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def last_entry(session: Session) -> int:
    """Return the number of the newest entry of the change log."""
    session.rollback()
    number = session.scalar(text("SELECT max(number) FROM log_entry"))
    session.rollback()
    return int(number or 0)


def entries_since(session: Session, number: int) -> list[str]:
    """Return the acts that the log has taken since an entry."""
    session.rollback()
    acts = session.scalars(text("SELECT act FROM log_entry WHERE number > :number"), {"number": number}).all()
    session.rollback()
    return list(acts)
