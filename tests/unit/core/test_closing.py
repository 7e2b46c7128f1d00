"""How the end of a time for updates is said, with a time of the day and without one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.core.closing import closes_when, closing_words

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("end", "words", "when"),
    [
        (date(2026, 11, 23), "Monday 23 November", "on Monday 23 November"),
        (datetime(2026, 11, 23, 17, tzinfo=LONDON), "5pm on Monday 23 November", "at 5pm on Monday 23 November"),
        (datetime(2026, 7, 1, 9, 30, tzinfo=LONDON), "9:30am on Wednesday 1 July", "at 9:30am on Wednesday 1 July"),
        (datetime(2026, 7, 1, 12, tzinfo=LONDON), "12pm on Wednesday 1 July", "at 12pm on Wednesday 1 July"),
        (datetime(2026, 7, 1, 0, 5, tzinfo=LONDON), "12:05am on Wednesday 1 July", "at 12:05am on Wednesday 1 July"),
    ],
)
def test_an_end_is_said_with_its_time_where_there_is_one(end: date, words: str, when: str) -> None:
    assert (closing_words(end), closes_when(end)) == (words, when)
