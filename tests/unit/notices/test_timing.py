"""When a person is told: never twice a day, never on a day without work, each thing once; and how mails are retried."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.working_days import is_working_day
from tracker.notices.rules.occasions import Occasion, OccasionKind, occasion
from tracker.notices.rules.timing import is_first_of_week, is_stale, may_chase, told_on, wait_after
from tracker.notices.rules.vocabulary import Frequency

START = date(2026, 12, 1)
DAYS = st.integers(0, 45).map(lambda number: START + timedelta(days=number))
OCCASIONS = st.lists(
    st.builds(
        lambda kind, number, on: occasion(kind, str(number), on),
        st.sampled_from(OccasionKind),
        st.integers(0, 50),
        DAYS,
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(OCCASIONS, st.sampled_from(Frequency))
def test_over_weeks_each_thing_is_told_at_most_once_and_only_on_working_days(
    occasions: list[Occasion], frequency: Frequency
) -> None:
    told: set[str] = set()
    for number in range(60):
        day = START + timedelta(days=number)
        now = told_on(day, occasions, told=told, frequency=frequency)
        assert not now or is_working_day(day)
        assert not told & {one.key for one in now}
        assert all(one.from_on <= day <= one.until_on for one in now)
        told |= {one.key for one in now}
    if frequency is not Frequency.URGENT:
        assert told == {one.key for one in occasions}
    else:
        assert told == {one.key for one in occasions if one.kind.is_urgent}


@given(OCCASIONS, DAYS)
def test_asking_twice_on_a_day_tells_nothing_the_second_time(occasions: list[Occasion], day: date) -> None:
    first = told_on(day, occasions, told=set(), frequency=Frequency.DAILY)
    assert told_on(day, occasions, told={one.key for one in first}, frequency=Frequency.DAILY) == ()


@pytest.mark.parametrize(
    ("day", "is_first"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (date(2026, 12, 28), False),  # a bank holiday in place of Boxing Day
        (date(2026, 12, 29), True),
        (date(2027, 3, 30), True),  # the Tuesday after Easter Monday
        (date(2026, 11, 28), False),
    ],
)
def test_a_weekly_mail_comes_on_the_first_working_day_of_the_week(day: date, is_first: bool) -> None:
    assert is_first_of_week(day) == is_first


def test_who_wants_a_weekly_mail_is_told_between_only_what_cannot_wait() -> None:
    wednesday = date(2026, 12, 2)
    plain, urgent = (occasion(kind, "1", wednesday) for kind in (OccasionKind.GIVEN, OccasionKind.RETURNED))
    assert told_on(wednesday, [plain, urgent], told=set(), frequency=Frequency.WEEKLY) == (urgent,)


@pytest.mark.parametrize(("days", "may"), [(None, True), (0, False), (6, False), (7, True)])
def test_a_lead_is_asked_at_most_once_a_week(days: int | None, may: bool) -> None:
    asked = START - timedelta(days=days) if days is not None else None
    assert may_chase(START, asked) == may


def test_a_mail_is_tried_five_times_with_growing_waits() -> None:
    waits = [wait_after(number) for number in range(1, 6)]
    assert waits[-1] is None
    known = [wait for wait in waits if wait is not None]
    assert len(known) == 4
    assert known == sorted(set(known))


def test_news_of_a_week_ago_is_not_sent() -> None:
    assert not is_stale(START, START + timedelta(days=7))
    assert is_stale(START, START + timedelta(days=8))
