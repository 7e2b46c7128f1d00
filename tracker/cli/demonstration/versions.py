"""Has the invented plan approved a second time, so that there are two versions to compare; the first came with it."""

from functools import partial

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import about_plan
from tracker.core import clock
from tracker.plans.commands.versions import Approval, approve_plan
from tracker.plans.models import Plan


def plan_versions(council: Council) -> list[Entry]:
    """Return the second approval of the plan, by the body that tests its progress."""
    day = council.offsets.working_day(about_plan()["second_version"]["approved"])
    return [Entry(day, council.office, partial(_approve, council))]


def _approve(council: Council) -> None:
    about = about_plan()["second_version"]
    plan = council.session.get_one(Plan, council.areas[1].plan_id)
    approval = Approval(clock.today(), about["body"], about["note"])
    approve_plan(council.session, plan, approval, by=council.office, version=plan.version)
