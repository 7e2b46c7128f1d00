"""Shapes of dates, postcodes, phone and NHS numbers; every pattern is bounded, so that reading stays linear."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"

_BETWEEN = r"(?:[-/. ]| [-/.] )"

NUMERIC_DATE = re.compile(rf"(?<!\d)(\d{{1,4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})(?!\d)")
# Figures without marks between them: a date only where birth is spoken of.
DIGIT_DATE = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)")
WRITTEN_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of |[-/. ])?({_MONTH})[-/., ]{{0,2}}(\d{{4}}|\d{{2}})(?!\d)", re.IGNORECASE
)
POSTCODE = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,2}\d[A-Z\d]?[ -]{0,2}\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z\d])", re.IGNORECASE)
PHONE = re.compile(r"(?<!\d)(?:\+44[ .-]{0,2}\d{2,4}|0\d{2,4})\)?[ .-]{0,2}\d{3,4}[ .-]{0,2}\d{3,4}(?!\d)")
TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ ./-]{0,3}\d{3}[ ./-]{0,3}\d{4}(?!\d)")

_PLAIN = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " ") | dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"
)


def plain(text: str) -> str:
    """Return a text of the same length with plain spaces and hyphens: what is pasted parts its figures with others."""
    return text.translate(_PLAIN)


def is_nhs_number(text: str) -> bool:
    """Say whether ten digits, spaced or not, end in the check digit that an NHS number has (modulus 11)."""
    digits = [int(letter) for letter in text if letter.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest % 11 == digits[9] and rest != 10


def has_digits_of_a_phone(text: str) -> bool:
    """Say whether there are as many digits as a telephone number here has, with or without the country's."""
    return 10 <= sum(letter.isdecimal() for letter in text) <= 13


def real_date(day: int, month: int, year: int) -> date | None:
    """Return a calendar day, two digits of a year counting as 20xx, or None when there is no such day."""
    year = year + 2000 if year < 100 else year
    if not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_date(first: str, month: str, last: str) -> date | None:
    """Read a date in figures in the British order, or the international one when it begins with a year."""
    if len(first) == 4:
        return real_date(int(last), int(month), int(first)) if len(last) == 2 else None
    return None if len(first) == 3 else real_date(int(first), int(month), int(last))


def written_date(day: str, month: str, year: str) -> date | None:
    """Read a date with its month in letters."""
    return real_date(int(day), _MONTHS.index(month[:3].lower()) + 1, int(year))
