"""The words of dates: months, seasons and the spelling that all readers agree on; it reads no date itself."""

import re

from tracker.plans.rules.wording import MONTHS

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR = r"'?(?:[0-9]{4}|[0-9]{2})"
FINANCIAL_YEAR = r"(?:(?:fy|financial year)\s?)?[0-9]{4}(?:\s?[/-]\s?(?:[0-9]{4}|[0-9]{2}))?"

TO_BE_CONFIRMED = re.compile(
    r"(?:(?:target |completion )?dates? )?(?:is |are )?(?:still )?"
    r"(?:t\.?b\.?[cad]\.?"
    r"|(?:yet )?to be (?:confirmed|agreed|advised|announced|determined|decided|set|arranged|identified)"
    r"|not (?:yet )?(?:set|known|agreed|confirmed)|unknown)"
)

_SPELLING = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u200b": " ",
        "\ufeff": " ",
    }
)
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return the text on one line with straight quotes, plain hyphens and single spaces."""
    return _SPACES.sub(" ", text.translate(_SPELLING)).strip()


def plain(text: str) -> str:
    """Return the text tidied, in small letters and without the punctuation that ends a sentence or a list item."""
    return tidy(text).lower().rstrip(" .,;:")


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name or its beginning, in any case."""
    start = word[:3].lower()
    return next(number for number, name in enumerate(MONTHS, start=1) if name[:3].lower() == start)


def month_short(number: int) -> str:
    """Return the three letters that stand for a month on pages."""
    return MONTHS[number - 1][:3]
