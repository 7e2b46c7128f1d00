"""Whether something that has a first and a last day holds on a day."""

from datetime import date


def holds_on(day: date, starts_on: date | None, ends_on: date | None) -> bool:
    """Say whether a period holds on a day; both ends belong to it, and an open end has none."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)
