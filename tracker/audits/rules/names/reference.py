"""What a case reference may look like: a code that says nothing about the child (domain A2, CaseRef; A13)."""

import re

from tracker.audits.rules.names import patterns

_SHAPE = re.compile(r"[A-Za-z0-9-]{3,20}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_DIGITS = re.compile(r"\d+")
_PLAN_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{1,3}[a-z]?(-\d{1,2})?")
_LONGEST_YEAR = 4
_SERVICE_WORDS = frozenset({"CIN", "CLA", "CIC", "LAC", "EHA", "MASH", "CASE", "FILE", "AUDIT", "AUD", "REF"})


def reference_fault(text: str) -> str | None:
    """Return in one sentence why a case reference is refused, or None when it is a code that says nothing.

    Refused are names, NHS numbers, dates of birth, postcodes and e-mail addresses; a word counts as a name when it has
    three letters or more with a vowel and is no abbreviation of a service. Six or eight digits that make a date are
    refused as a date of birth.
    """
    text = text.strip()
    if "@" in text:
        return "A case reference cannot be an e-mail address. Use a code that says nothing about the child"
    if fault := somebody_in(text):
        return f"This looks like {fault}. Use a code that says nothing about the child"
    if not _SHAPE.fullmatch(text) or not _DIGITS.search(text):
        return "A case reference is 3 to 20 letters, figures and hyphens, with at least one figure"
    return None


def somebody_in(text: str) -> str | None:
    """Return what in a reference could tell who somebody is, as in "a name", or None; its shape is not looked at."""
    tests = (
        (_says_address, "an e-mail address"),
        (_says_nhs_number, "an NHS number"),
        (_says_date, "a date of birth"),
        (_says_postcode, "a postcode"),
        (_says_name, "a name"),
    )
    return next((fault for says, fault in tests if says(text)), None)


def looks_like_reference(text: str) -> bool:
    """Say whether a text is shaped as a case reference and as no number of a plan: it has a letter or five figures.

    1.3, 12, A4 and 2026 are none; A-7XK2-PT and 4471982 are.
    """
    text = text.strip()
    if reference_fault(text) is not None or _PLAN_NUMBER.fullmatch(text):
        return False
    return not text.isdecimal() or len(text) > _LONGEST_YEAR


def _says_address(text: str) -> bool:
    return "@" in text


def _says_nhs_number(text: str) -> bool:
    """Look at the digits as they stand, where a number of the file may follow, and without any mark between them."""
    text = patterns.plain(text[:60])
    digits = re.sub(r"[\s.\-/]", "", text)
    runs = [*patterns.TEN_DIGITS.findall(text), *re.findall(r"(?<!\d)\d{10}(?!\d)", digits)]
    return any(patterns.is_nhs_number(run) for run in runs)


def _says_date(text: str) -> bool:
    if any(patterns.numeric_date(*found.groups()) for found in patterns.NUMERIC_DATE.finditer(text)):
        return True
    if any(patterns.written_date(*found.groups()) for found in patterns.WRITTEN_DATE.finditer(text)):
        return True
    return any(_is_date_run(run) for run in _DIGITS.findall(text))


def _is_date_run(run: str) -> bool:
    """Say whether digits without marks between them make a day: DDMMYY, DDMMYYYY or YYYYMMDD."""
    if len(run) == 6:
        return patterns.real_date(int(run[:2]), int(run[2:4]), int(run[4:])) is not None
    if len(run) != 8:
        return False
    british = patterns.real_date(int(run[:2]), int(run[2:4]), int(run[4:]))
    return british is not None or patterns.real_date(int(run[6:]), int(run[4:6]), int(run[:4])) is not None


def _says_postcode(text: str) -> bool:
    return patterns.POSTCODE.search(text) is not None


def _says_name(text: str) -> bool:
    runs = (run.upper() for run in _LETTERS.findall(text))
    return any(run not in _SERVICE_WORDS and (not run.isascii() or set(run) & set("AEIOUY")) for run in runs)
