"""Sending an update workbook: noted in the change log before it leaves; which actions are in it is the page's."""

from collections.abc import Collection

from flask import Response, current_app

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.exports.update_workbook import update_workbook
from tracker.plans.models import Plan
from tracker.plans.queries.workbook import open_actions
from tracker.plans.rules.workbook import Stamps
from tracker.web.access import allowed, current_person
from tracker.web.sending import file_answer


def may_fill_in() -> bool:
    """Say whether the signed-in person may take actions away and write updates of them."""
    return allowed(Permission.PLAN_EXPORT) and allowed(Permission.ACTION_UPDATE)


def stamps_here() -> Stamps:
    """Return what seals the stamps of this service's workbooks."""
    return Stamps(current_app.config["SETTINGS"].secret_key)


def workbook_answer(action_ids: Collection[int], *, title: str, name: str, subject: Plan | Person) -> Response:
    """Answer with the workbook of those of some actions that are open and the person's to update."""
    actions = open_actions(db_session(), action_ids, person=current_person())
    made = update_workbook(actions, title=title, made_on=clock.today(), stamps=stamps_here())
    return file_answer(subject, made, name=name, end="xlsx", rows=len(actions), listed="workbook")
