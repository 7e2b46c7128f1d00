"""Whether something that has a first and a last day holds on a day, and whether somebody has left by then."""

from datetime import date


def holds_on(day: date, starts_on: date | None, ends_on: date | None) -> bool:
    """Say whether a period holds on a day; both ends belong to it, and an open end has none."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def has_left(left_on: date | None, day: date) -> bool:
    """Say whether somebody who left on a day is gone on another; on the day of leaving itself they are gone."""
    return left_on is not None and left_on <= day
