"""Stores plans in bulk, past the commands and the change log; what a row holds is in `rows`."""

from typing import Any

from flask import Flask
from sqlalchemy import Connection, Integer, bindparam, func, insert, select, text, update

from bench.rows import Rows, email, people_rows, plan_rows, slug
from bench.sizes import PASSWORD, PLAN_AGE, Subject
from tracker.audits.models import Theme
from tracker.core import clock
from tracker.core.database import Base
from tracker.extensions import db, db_session
from tracker.people.commands import hash_password
from tracker.plans.models import Action, Plan
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.outlook import Outlook

_THEMES = 5


def load_plans(app: Flask, number: int) -> Subject:
    """Load so many plans into an empty database, rated as the service would rate them; return the first."""
    approved_on = clock.today() - PLAN_AGE
    with app.app_context():
        with db.engine.begin() as connection:
            insert_rows(connection, people_rows(hash_password(PASSWORD)))
            themes = list(connection.scalars(select(Theme.id).order_by(Theme.position).limit(_THEMES)))
            for plan_id in range(1, number + 1):
                insert_rows(connection, plan_rows(plan_id, approved_on, themes))
        changed = _outlooks()
        with db.engine.begin() as connection:
            _store(connection, changed)
            if connection.dialect.name == "postgresql":
                _as_a_living_server(connection)
    return Subject(number, slug(1), approved_on, office=email("office"), lead=email("lead"))


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Insert rows by table, in the order given."""
    for name, found in rows.items():
        connection.execute(insert(Base.metadata.tables[name]), found)


def _outlooks() -> list[dict[str, Any]]:
    """Work out the outlook of every action by the service's own rule, as columns to store."""
    session = db_session()
    plans = session.scalars(select(Plan).order_by(Plan.id)).all()
    found = [_columns(key, one) for plan in plans for key, one in outlooks(session, plan, day=clock.today()).items()]
    db.session.remove()
    return found


def _columns(action_id: int, outlook: Outlook) -> dict[str, Any]:
    declared = outlook.declared
    return {
        "action": action_id,
        "closed": outlook.closed.value if outlook.closed else None,
        "declared": declared.value if declared and not declared.is_closed else None,
        "amber": outlook.amber_from,
        "red": outlook.red_from,
        "unscheduled": outlook.unscheduled,
    }


def _store(connection: Connection, changed: list[dict[str, Any]]) -> None:
    table: Any = Action.__table__
    values: dict[str, Any] = {
        "closed_code": bindparam("closed"),
        "declared_code": bindparam("declared"),
        "amber_from": bindparam("amber"),
        "red_from": bindparam("red"),
        "is_unscheduled": bindparam("unscheduled"),
    }
    connection.execute(update(table).where(table.c.id == bindparam("action")).values(values), changed)


def _as_a_living_server(connection: Connection) -> None:
    """Give new rows ids after those loaded, and have PostgreSQL know its data, as it soon would by itself."""
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 0) + 1, False)))
    connection.execute(text("ANALYZE"))
