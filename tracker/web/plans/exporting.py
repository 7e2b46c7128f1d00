"""Sending rows of a plan as a file: each is noted in the change log before it leaves; which rows is the page's."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response

from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.updaters import exportable_ids
from tracker.web.access import allowed, current_person, refuse_unless
from tracker.web.sending import file_answer

Cell = str | int | date | None


def exportable(plan: Plan) -> set[int]:
    """Return the ids of the actions that the person may take away, or refuse who may take none from any plan."""
    refuse_unless(allowed(Permission.PLAN_EXPORT), Permission.PLAN_EXPORT, plan)
    return exportable_ids(db_session(), plan, person=current_person())


def csv_answer(plan: Plan, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with rows as a CSV file, once the change log holds how many left for whom (issue: exports are logged)."""
    kept = list(rows)
    data = csv_bytes(header, kept)
    return file_answer(plan, data, name=f"{plan.slug}-{name}", end="csv", rows=len(kept), listed=name)
