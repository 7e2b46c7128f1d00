"""A lead's own actions as a file, from all running plans: also for the lead of a partner, who reads no whole plan."""

from flask.typing import ResponseReturnValue

from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.queries.mine import MyAction, my_actions
from tracker.web.access import allowed, current_person, refuse_unless, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import Cell
from tracker.web.sending import file_answer

_NAME = "my-actions"
_HEADER = (
    "Plan",
    "No.",
    "Action",
    "Area",
    "My part",
    "In place of",
    "RAG now",
    "Nearest open date",
    "Without a date",
    "Last update",
)


@bp.get("/my/actions.csv")
@requires(Permission.ACTION_MINE)
def my_actions_csv() -> ResponseReturnValue:
    """Send the actions that the person leads or helps with, closed ones included, most urgent first."""
    refuse_unless(allowed(Permission.PLAN_EXPORT), Permission.PLAN_EXPORT)
    person = current_person()
    found = my_actions(db_session(), person, under=Permission.PLAN_EXPORT)
    data = csv_bytes(_HEADER, map(_cells, found))
    return file_answer(person, data, name=_NAME, end="csv", rows=len(found), listed=_NAME)


def _cells(action: MyAction) -> tuple[Cell, ...]:
    return (
        action.plan_title,
        action.ref,
        action.title,
        action.area,
        "Lead" if action.is_lead else "Helping",
        action.standing_in_for,
        action.rag.word,
        action.next_due,
        "Yes" if action.lacks_date else "",
        action.last_update_on,
    )
