"""How actions that are coming in would stand on the page of the plan, for the preview; nothing is stored."""

from collections import defaultdict
from datetime import date

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.queries import meetings
from tracker.plans.models import UnfinishedImport
from tracker.plans.rules.importing.standing import outlook_of
from tracker.plans.rules.reading import ActionReading
from tracker.web.plans.import_rows import Standing, StandingOf


def standing_of(kept: UnfinishedImport) -> StandingOf:
    """Return what says how an action would stand today: nothing of a draft, or before the approval of the plan."""
    today, approved_on = clock.today(), kept.approved_on
    if approved_on is None or approved_on > today:
        return _not_rated
    calendar: dict[str, list[date]] = defaultdict(list)
    for one in reversed(meetings(db_session())):
        calendar[one.body.name.lower()].append(one.day)

    def standing(action: ActionReading) -> Standing:
        found = outlook_of(action, approved_on=approved_on, today=today, meetings=calendar)
        reasons = found.reasons_on(today)
        return Standing(found.effective_on(today).value, reasons[0].words if reasons else "")

    return standing


def _not_rated(action: ActionReading) -> None:
    """Say of any action that it is not rated."""
    del action
