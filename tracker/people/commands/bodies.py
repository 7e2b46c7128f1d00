"""Making bodies and keeping the calendar of their meetings; what a meeting decides is not here."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.facts import author_id, needed
from tracker.people.models import Body, BodyMeeting, Person
from tracker.people.rules import BodyKind, Cycle

_FAR = timedelta(days=3660)


def make_body(
    session: Session,
    *,
    name: str,
    kind: BodyKind,
    cycle: Cycle,
    reports_to: Body | None = None,
    by: Person | None,
) -> Body:
    """Make a body that tests or steers the plan; raises `Conflict` when one has this name."""
    name = needed("name", name, what="the body's name", most=160)
    if queries.body_by_name(session, name):
        raise Conflict("name", "There is already a body with this name")
    body = Body(
        name=name,
        kind=kind,
        cycle=cycle,
        reports_to=reports_to,
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(body)
    session.flush()
    return body


def plan_meeting(
    session: Session, body: Body, *, day: date, updates_close_at: datetime | None = None, by: Person | None
) -> BodyMeeting:
    """Put a meeting of a body in the calendar, with the moment when updates for it close, if one is set.

    Raises `Invalid` for a day more than ten years away or for updates that close after the meeting's day, `Conflict`
    when the body meets on that day already.
    """
    if abs(day - clock.today()) > _FAR:
        raise Invalid("day", "The meeting's day must be within ten years of today")
    if updates_close_at and updates_close_at.astimezone(clock.LONDON).date() > day:
        raise Invalid("updates_close_on", "Updates must close on or before the meeting's day")
    if queries.meeting_of(session, body, day):
        raise Conflict("day", f"{body.name} meets on this day already")
    meeting = BodyMeeting(
        body=body,
        day=day,
        updates_close_at=updates_close_at,
        is_held=False,
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(meeting)
    session.flush()
    return meeting


def plan_meetings(
    session: Session, body: Body, *, days: Sequence[date], closing: Callable[[date], datetime | None], by: Person | None
) -> list[BodyMeeting]:
    """Put several meetings of a body in the calendar; days on which it meets already are passed over."""
    known = {meeting.day for meeting in queries.meetings_of(session, body)}
    wanted = [day for day in dict.fromkeys(days) if day not in known]
    return [plan_meeting(session, body, day=day, updates_close_at=closing(day), by=by) for day in wanted]


def record_held(session: Session, meeting: BodyMeeting, *, by: Person | None) -> None:
    """Say that a meeting was held; plans are compared with the last held one. Raises `Invalid` for a day to come."""
    if meeting.day > clock.today():
        raise Invalid(None, "A meeting in the future has not been held yet")
    meeting.is_held = True
    meeting.changed_by = author_id(by)
    session.flush()
