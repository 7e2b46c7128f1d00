"""When updates for the assurance meetings open and close, as notices count days; the window itself is the plans'."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.closing import closing_words
from tracker.core.working_days import working_days_before
from tracker.notices.rules.facts import Closing
from tracker.people.models import BodyMeeting
from tracker.people.queries import meetings, updates_open_days
from tracker.people.rules import BodyKind
from tracker.plans.queries.window import UpdateWindow, window_of


@dataclass(frozen=True)
class Calendar:
    """The meetings of all bodies, and of them those ahead, the window of updates, its closing, and the closing before.

    `closing` is nothing when no assurance meeting is ahead; after its updates have closed it stands in `last_closing`.
    """

    window: UpdateWindow
    closing: Closing | None
    last_closing: Closing | None
    ahead: tuple[BodyMeeting, ...]
    meetings: tuple[BodyMeeting, ...]

    @property
    def wanted_by(self) -> str:
        """Until when updates are wanted; once closed, by the meeting itself; else by the next meeting there is."""
        if self.closing is not None:
            return self.closing.words
        return closing_words(self.last_closing.meeting_on) if self.last_closing else "the next assurance meeting"

    @property
    def assurance_ahead(self) -> tuple[BodyMeeting, ...]:
        """The next meeting of each assurance body, the soonest first."""
        first: dict[int, BodyMeeting] = {}
        for one in self.ahead:
            if one.body.kind is BodyKind.ASSURANCE:
                first.setdefault(one.body_id, one)
        return tuple(first.values())


def calendar(session: Session) -> Calendar:
    """Return the calendar as it stands now, in one query where the session knows the organisation, else in two."""
    found, opens_before = meetings(session), updates_open_days(session)
    today = clock.today()
    assurance = [one for one in reversed(found) if one.body.kind is BodyKind.ASSURANCE]
    closings = [_closing(one, opens_before) for one in assurance]
    window = window_of(found, clock.now(), opens_before=opens_before)
    ahead = zip(assurance, closings, strict=True)
    coming = next((end for one, end in ahead if one.day == window.next_day and not one.is_held), None)
    before = [one for one in closings if one.closes_on < today and one.meeting_on >= today]
    return Calendar(
        window=window,
        closing=coming if coming is not None and coming.closes_on >= today else None,
        last_closing=before[-1] if before else None,
        meetings=tuple(found),
        ahead=tuple(one for one in reversed(found) if one.day >= today and not one.is_held),
    )


def _closing(meeting: BodyMeeting, opens_before: int) -> Closing:
    closes_at = meeting.updates_close_at.astimezone(clock.LONDON) if meeting.updates_close_at is not None else None
    return Closing(
        meeting_on=meeting.day,
        opens_on=working_days_before(meeting.day, opens_before),
        closes_on=closes_at.date() if closes_at is not None else _day_before(meeting.day),
        closes_at=closes_at,
    )


def _day_before(day: date) -> date:
    return working_days_before(day, 1)
