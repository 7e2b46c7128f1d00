"""Months, and how days stand in the sentences that the rules of plans make; no sentence and no rule."""

from datetime import date

# The calendar module would follow the language of the machine.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(day: date) -> str:
    """Return a day as a reader says it: "31 October 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Return a day as lists and tables show it: "31 Oct 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
