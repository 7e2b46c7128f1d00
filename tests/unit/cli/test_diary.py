"""The demonstration is told in order, each thing on its own day and in its own name."""

from datetime import UTC, date, datetime

from tracker.cli.demonstration.diary import Entry, tell
from tracker.core import clock
from tracker.core.changelog import current_actor
from tracker.people.models import Person

NOW = datetime(2026, 7, 5, 7, 12, tzinfo=UTC)
TODAY = date(2026, 7, 5)
YESTERDAY = date(2026, 7, 4)


def told(*entries: tuple[date, Person | None]) -> list[tuple[datetime, str]]:
    seen: list[tuple[datetime, str]] = []
    counted: list[None] = []

    def note() -> None:
        seen.append((clock.now(), current_actor()))

    tell([Entry(day, by, note) for day, by in entries], now=NOW, after_each=lambda: counted.append(None))
    assert len(counted) == len(entries)
    return seen


def test_earlier_days_come_first_and_one_day_keeps_its_order() -> None:
    seen = told((TODAY, None), (YESTERDAY, Person(id=3)), (YESTERDAY, Person(id=2)))
    assert [actor for _, actor in seen] == ["person:3", "person:2", "command:demo"]
    assert [moment.date() for moment, _ in seen] == [YESTERDAY, YESTERDAY, TODAY]


def test_a_past_day_begins_at_nine_in_england_and_time_goes_on() -> None:
    first, second = (moment for moment, _ in told((YESTERDAY, None), (YESTERDAY, None)))
    assert first == datetime(2026, 7, 4, 8, tzinfo=UTC)
    assert first < second


def test_nothing_happens_later_than_now() -> None:
    assert all(moment <= NOW for moment, _ in told(*[(TODAY, None)] * 5))


def test_the_clock_and_the_actor_are_as_before_afterwards() -> None:
    before = current_actor()
    with clock.at(NOW):
        told((YESTERDAY, Person(id=3)))
        assert clock.now() == NOW
    assert current_actor() == before
