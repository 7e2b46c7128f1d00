"""Telling apart several dates that a cell holds without marks; reading each of them belongs to the reader."""

import re

from tracker.plans.rules.dates.words import MONTH

_YEAR = r"[0-9]{4}"
_DATE = re.compile(
    r"(?:end of |mid |by |late |early )?(?:"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{MONTH}[ -]'?(?:{_YEAR}|[0-9]{{2}})(?![0-9])"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    rf"|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?![0-9])"
    rf"|(?:q|quarter )[1-4],? (?:of )?{_YEAR}(?:/[0-9]{{2}})?(?![0-9])"
    r"|t\.?b\.?[ca]\b\.?|to be (?:confirmed|agreed)"
    r"|on-?going"
    r")(?:\s?\([^()]{1,60}\))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[\s,;/&.+]|and\b)*", re.IGNORECASE)


def split_dates(text: str) -> tuple[str, ...]:
    """Return the dates that stand one after another in a text, or the text alone unless all of it is such dates.

    "February 2015 TBC" is two; "March 2015 at the latest" is one text.
    """
    parts: list[str] = []
    place = 0
    while place < len(text):
        gap = _BETWEEN.match(text, place)
        place = gap.end() if gap else place
        if place == len(text):
            break
        found = _DATE.match(text, place)
        if found is None:
            return (text,)
        parts.append(found.group())
        place = found.end()
    return tuple(parts) if len(parts) > 1 else (text,)
