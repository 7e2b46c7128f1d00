"""For which assurance meeting an update is, and until when: read from the calendar of bodies; nothing is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.working_days import working_days_before
from tracker.people.models import BodyMeeting
from tracker.people.queries import assurance_meetings, updates_open_days
from tracker.people.rules import UPDATES_OPEN, BodyKind


@dataclass(frozen=True)
class UpdateWindow:
    """The assurance meetings around a moment: those held, the next one, and when updates open and close.

    `held` are the days of those held, earliest first, of which `last_held` is the last; `opens_on` is set only once
    updates are open.
    """

    last_held: date | None = None
    opens_on: date | None = None
    next_day: date | None = None
    closes_at: datetime | None = None
    closings: tuple[datetime, ...] = ()
    held: tuple[date, ...] = ()

    def is_closed_at(self, moment: datetime) -> bool:
        """Whether an update saved then comes after the pack of the next meeting."""
        return self.closes_at is not None and moment > self.closes_at

    def is_due(self, last_update_on: date | None) -> bool:
        """Whether an update is owed: there was none since updates opened for the next meeting, or none at all.

        Before they open, one is owed only when there was none since the last held meeting (domain A3, ux 8.2).
        """
        if last_update_on is None:
            return True
        if self.opens_on is not None:
            return last_update_on < self.opens_on
        return self.last_held is not None and last_update_on <= self.last_held

    def open_until(self, submitted_at: datetime) -> datetime | None:
        """Return until when an update may be taken back: the closing time that it was for, None for no such time."""
        return min((closing for closing in self.closings if closing >= submitted_at), default=None)

    def may_take_back(self, submitted_at: datetime, moment: datetime) -> bool:
        """Whether an update may still be taken back: its closing time is ahead, or none is in the calendar."""
        until = self.open_until(submitted_at)
        return until is None or moment <= until


def window_of(calendar: Iterable[BodyMeeting], moment: datetime, *, opens_before: int = UPDATES_OPEN) -> UpdateWindow:
    """Return the window at a moment, from meetings of all bodies, of which the assurance bodies count.

    Updates open so many working days before the meeting that they are for (domain A3); the organisation may set it. Of
    two bodies that meet on one day the one is still ahead when the other was held.
    """
    meetings = sorted(
        (meeting for meeting in calendar if meeting.body.kind is BodyKind.ASSURANCE),
        key=lambda meeting: (meeting.day, meeting.id),
    )
    today = moment.astimezone(clock.LONDON).date()
    held = [meeting.day for meeting in meetings if meeting.is_held and meeting.day <= today]
    ahead = [meeting for meeting in meetings if meeting.day >= today and not meeting.is_held]
    opens_on = working_days_before(ahead[0].day, opens_before) if ahead else None
    return UpdateWindow(
        last_held=held[-1] if held else None,
        opens_on=opens_on if opens_on is not None and opens_on <= today else None,
        next_day=ahead[0].day if ahead else None,
        closes_at=ahead[0].updates_close_at if ahead else None,
        closings=tuple(meeting.updates_close_at for meeting in meetings if meeting.updates_close_at is not None),
        held=tuple(held),
    )


def update_window(session: Session) -> UpdateWindow:
    """Return the window now."""
    return window_of(assurance_meetings(session), clock.now(), opens_before=updates_open_days(session))
