"""Update workbooks to take away: of one's own actions, and of the actions of a plan that a list shows."""

from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.mine import my_actions
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.rules.wording import short_day
from tracker.web.access import current_person, refuse_unless, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import exportable
from tracker.web.plans.listing import found_actions
from tracker.web.plans.listing_filters import filters_of
from tracker.web.plans.reading import read_now
from tracker.web.plans.workbook_sending import may_fill_in, workbook_answer


@bp.get("/my/actions/workbook.xlsx")
@requires(Permission.ACTION_MINE)
def my_workbook() -> ResponseReturnValue:
    """Send the workbook of all actions of which the person writes updates."""
    person = current_person()
    mine = [action.id for action in my_actions(db_session(), person)]
    title = f"Updates of {person.name}, {short_day(clock.today())}"
    return workbook_answer(mine, title=title, name="my-updates", subject=person)


@bp.get("/plans/<slug>/workbook.xlsx")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_workbook(plan: Plan) -> ResponseReturnValue:
    """Send the workbook of the actions that the address asks for and that the person may update."""
    refuse_unless(may_fill_in(), Permission.ACTION_UPDATE, plan)
    mine = exportable(plan)
    reading = read_now(plan)
    ids = [action.row.id for action in found_actions(reading, filters_of(reading)) if action.row.id in mine]
    title = f"Updates of {plan.title}, {short_day(clock.today())}"
    return workbook_answer(ids, title=title, name=f"{plan.slug}-updates", subject=plan)
