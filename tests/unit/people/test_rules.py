"""The small rules about people as tables: addresses, networks, guesses, periods."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.rules import GUESS_WINDOW, MOST_GUESSES, holds_on, is_email, network_of, tidy_email, wait_until

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("priya.nair@northmoor.example", True),
        ("  Priya.Nair@Northmoor.Example ", True),
        ("o'brien+plan@children.northmoor.example", True),
        ("priya", False),
        ("priya@northmoor", False),
        ("priya nair@northmoor.example", False),
        ("priya@nair@northmoor.example", False),
        ("priya@northmoor.example\x00", False),
        ("priya@northmoor.example\nBcc: all", False),
        ("<priya@northmoor.example>", False),
        ("", False),
        ("p@" + "a" * 63 + ".example", True),
        ("p" * 65 + "@northmoor.example", False),
        ("priya@" + ".".join(["a" * 60] * 5), False),
    ],
)
def test_an_address_has_the_shape_of_one(typed: str, is_one: bool) -> None:
    assert is_email(tidy_email(typed)) == is_one


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_one_place_for_guessing_is_an_ipv4_address_or_an_ipv6_customer(address: str, network: str) -> None:
    assert network_of(address) == network


def test_nine_guesses_leave_a_tenth_and_ten_leave_none() -> None:
    nine = [NOON + timedelta(seconds=second) for second in range(MOST_GUESSES - 1)]
    assert wait_until(nine) is None
    assert wait_until([*nine, NOON + timedelta(seconds=30)]) == NOON + GUESS_WINDOW


def test_waiting_ends_when_the_tenth_last_guess_is_five_minutes_old() -> None:
    twelve = [NOON + timedelta(seconds=10 * number) for number in range(12)]
    assert wait_until(twelve) == NOON + timedelta(seconds=20) + GUESS_WINDOW


@given(st.lists(st.integers(0, 299), max_size=40))
def test_nobody_waits_longer_than_five_minutes(seconds: list[int]) -> None:
    until = wait_until([NOON - timedelta(seconds=second) for second in seconds])
    assert until is None or until <= NOON + GUESS_WINDOW


@pytest.mark.parametrize(
    ("day", "starts", "ends", "holds"),
    [
        (date(2026, 11, 26), None, None, True),
        (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 26), True),
        (date(2026, 11, 26), date(2026, 11, 27), None, False),
        (date(2026, 11, 26), None, date(2026, 11, 25), False),
    ],
)
def test_a_period_holds_on_both_its_ends(day: date, starts: date | None, ends: date | None, holds: bool) -> None:
    assert holds_on(day, starts, ends) == holds
