"""Meetings put in the calendar together with what follows for plans; the calendar itself is the people's."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.people import commands as people_commands
from tracker.people.models import Body, BodyMeeting, Person
from tracker.plans.commands.outlook import refresh_waiting


def add_meeting(
    session: Session, body: Body, *, day: date, updates_close_at: datetime | None = None, by: Person | None
) -> BodyMeeting:
    """Put a meeting in the calendar, and work out anew how actions stand that wait on a body (domain A4, 4).

    Raises what `plan_meeting` of the people raises.
    """
    meeting = people_commands.plan_meeting(session, body, day=day, updates_close_at=updates_close_at, by=by)
    refresh_waiting(session)
    return meeting


def add_meetings(
    session: Session, body: Body, *, days: Sequence[date], closing: Callable[[date], datetime | None], by: Person | None
) -> list[BodyMeeting]:
    """Put several meetings in the calendar as `add_meeting` does; days on which the body meets are passed over."""
    made = people_commands.plan_meetings(session, body, days=days, closing=closing, by=by)
    refresh_waiting(session)
    return made
