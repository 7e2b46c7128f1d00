"""Sending an update workbook: noted in the change log before it leaves; which actions are in it is the page's."""

from collections.abc import Collection

from flask import Response, current_app

from tracker.core import clock
from tracker.core.changelog import acting, record_event
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.exports.update_workbook import update_workbook
from tracker.plans.models import Plan
from tracker.plans.queries.workbook import open_actions
from tracker.plans.rules.workbook import Stamps
from tracker.web.access import allowed, current_person

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_fill_in() -> bool:
    """Say whether the signed-in person may take actions away and write updates of them."""
    return allowed(Permission.PLAN_EXPORT) and allowed(Permission.ACTION_UPDATE)


def stamps_here() -> Stamps:
    """Return what seals the stamps of this service's workbooks."""
    return Stamps(current_app.config["SETTINGS"].secret_key)


def workbook_answer(action_ids: Collection[int], *, title: str, name: str, subject: Plan | Person) -> Response:
    """Answer with the workbook of those of some actions that are open and the person's to update."""
    session, person = db_session(), current_person()
    actions = open_actions(session, action_ids, person=person)
    made = update_workbook(actions, title=title, made_on=clock.today(), stamps=stamps_here())
    with acting(f"person:{person.id}"):
        record_event(session, "exported", subject=subject, detail={"list": "workbook", "rows": len(actions)})
        session.commit()
    answer = Response(made, mimetype=_EXCEL)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.xlsx"'
    return answer
