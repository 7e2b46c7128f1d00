"""The facts of an action with their words and who recorded them, as its history tells them; no judgement here."""

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from tracker.plans.models import Action
from tracker.plans.queries.history.lapses import lapses
from tracker.plans.queries.history.plan import of_plan
from tracker.plans.queries.history.rows import HistoryRow, row_of
from tracker.plans.queries.history.work import of_work

__all__ = ["HistoryRow", "history_of"]


def history_of(session: Session, action: Action) -> list[HistoryRow]:
    """Return everything recorded of an action, and overrides that lapsed, in order, in one query."""
    parts = (part.where(Action.id == action.id) for part in (*of_work(), *of_plan()))
    found = _told_once([row_of(row) for row in session.execute(union_all(*parts)).all()])
    return sorted([*found, *lapses(found)], key=lambda row: (row.at, row.source != "update", row.id))


def _told_once(rows: list[HistoryRow]) -> list[HistoryRow]:
    """Leave out numbers and words that a later version changed: what it brought tells of them already."""
    brought = {(row.person_id, row.day, row.words[0]) for row in rows if row.source == "brought"}
    kept = {"number", "wording"}
    return [row for row in rows if row.source not in kept or (row.person_id, row.day, row.words[0]) not in brought]
