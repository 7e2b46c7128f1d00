"""Reading bodies and the calendar of their meetings."""

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.core import clock
from tracker.people.models import Body, BodyMeeting
from tracker.people.rules import BodyKind

_CLOSING = time(17)


def body(session: Session, body_id: int) -> Body | None:
    """Return a body with the one it reports to."""
    return session.scalar(select(Body).where(Body.id == body_id).options(joinedload(Body.reports_to)))


def bodies(session: Session) -> list[Body]:
    """Return all bodies by name, each with the body it reports to."""
    return list(session.scalars(select(Body).options(joinedload(Body.reports_to)).order_by(Body.name, Body.id)))


def body_by_name(session: Session, name: str) -> Body | None:
    """Return the body of a name."""
    return session.scalar(select(Body).where(Body.name == name))


def meetings(session: Session) -> list[BodyMeeting]:
    """Return the calendar of every body, latest first."""
    query = select(BodyMeeting).options(joinedload(BodyMeeting.body))
    return list(session.scalars(query.order_by(BodyMeeting.day.desc(), BodyMeeting.id)))


def meeting(session: Session, meeting_id: int) -> BodyMeeting | None:
    """Return a meeting with its body."""
    return session.scalar(select(BodyMeeting).where(BodyMeeting.id == meeting_id).options(joinedload(BodyMeeting.body)))


def meeting_of(session: Session, body: Body, day: date) -> BodyMeeting | None:
    """Return the meeting of a body on a day."""
    return session.scalar(select(BodyMeeting).where(BodyMeeting.body_id == body.id, BodyMeeting.day == day))


def meetings_of(session: Session, body: Body) -> list[BodyMeeting]:
    """Return the calendar of one body, latest first."""
    return list(
        session.scalars(select(BodyMeeting).where(BodyMeeting.body_id == body.id).order_by(BodyMeeting.day.desc()))
    )


def closing_of(day: date) -> datetime:
    """Return the moment at which updates close on a day: five in the afternoon in England."""
    return clock.moment_in_england(day, _CLOSING)


def assurance_meetings(session: Session) -> list[BodyMeeting]:
    """Return the assurance bodies' meetings, earliest first; they set what plans are compared with."""
    query = select(BodyMeeting).join(BodyMeeting.body).where(Body.kind == BodyKind.ASSURANCE)
    return list(session.scalars(query.options(joinedload(BodyMeeting.body)).order_by(BodyMeeting.day, BodyMeeting.id)))
