"""The days of a case file that an auditor enters once, and what follows from them in working days; no grade does."""

from dataclasses import dataclass
from datetime import date

from tracker.core.text import counted
from tracker.core.working_days import working_days_between

ASSESSMENT_LIMIT = 45
"""Working days from referral to the end of the assessment that are allowed (Working Together)."""


@dataclass(frozen=True)
class FileDays:
    """When the referral came, the child was first seen, the assessment was finished and supervision was last held."""

    referred_on: date | None = None
    seen_on: date | None = None
    assessed_on: date | None = None
    supervised_on: date | None = None


@dataclass(frozen=True)
class FileFact:
    """One thing that follows from the days, under a short name."""

    name: str
    words: str


def days_fault(days: FileDays) -> tuple[str, str] | None:
    """Return the day that cannot be, with why: nothing is done about a referral before it came."""
    later = {"seen_on": "The child was first seen", "assessed_on": "The assessment was finished"}
    for name, what in later.items():
        day: date | None = getattr(days, name)
        if day and days.referred_on and day < days.referred_on:
            return name, f"{what} on or after the day of the referral"
    return None


def file_facts(days: FileDays, until: date) -> tuple[FileFact, ...]:
    """Work out what an auditor would count on their fingers, up to a day; nothing for days that were not entered.

    A day counts after the one before it, so that whoever is seen on the day of the referral is seen on day 0.
    """
    found = []
    if days.referred_on and days.seen_on:
        found.append(FileFact("Child seen", f"Working day {working_days_between(days.referred_on, days.seen_on)}"))
    if days.referred_on:
        found.append(FileFact("Assessment", _assessment(days.referred_on, days.assessed_on, until)))
    if days.supervised_on:
        ago = working_days_between(days.supervised_on, until)
        found.append(FileFact("Supervision", f"{counted(ago, 'working day')} before"))
    return tuple(found)


def _assessment(referred_on: date, assessed_on: date | None, until: date) -> str:
    taken = working_days_between(referred_on, assessed_on or until)
    words = counted(taken, "working day")
    if taken > ASSESSMENT_LIMIT:
        words += f", more than the {ASSESSMENT_LIMIT} allowed"
    return words if assessed_on else f"Not finished after {words}"
