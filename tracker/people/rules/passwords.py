"""What a good password is, and how long one lasts that somebody else has seen."""

import re
from datetime import timedelta

TEMPORARY_PASSWORD = timedelta(days=7)
MINIMUM_PASSWORD = 12
MAXIMUM_PASSWORD = 200
_TOO_COMMON = frozenset(
    {
        "password1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop12",
        "letmeinletmein",
        "improvement1",
        "improvement tracker",
        "improvementtracker",
        "safeguarding",
        "administrator",
        "welcomewelcome",
    }
)


_OFTEN = ("password", "welcome", "letmein", "qwerty", "improvement", "tracker", "safeguarding", "council", "admin")


def password_fault(password: str, *, email: str, organisation: str, name: str) -> str | None:
    """Return what is wrong with a new password in one sentence, or None: 12 characters and not easily guessed.

    No rule on composition and no forced change, after Cyber Essentials and NCSC guidance (security.md).
    """
    if len(password) < MINIMUM_PASSWORD:
        return f"Your password must be {MINIMUM_PASSWORD} characters or more"
    if len(password) > MAXIMUM_PASSWORD:
        return f"Your password must be {MAXIMUM_PASSWORD} characters or fewer"
    plain = password.lower()
    council = organisation.lower()
    local = {email.lower(), email.lower().split("@")[0] * 2, council, council.replace(" ", "")}
    if (
        plain in _TOO_COMMON
        or plain in local
        or len(set(plain)) < 4
        or _left_over(plain, email, organisation, name) < 6
    ):
        return "This password is too easy to guess. Use three random words"
    return None


def _left_over(plain: str, email: str, organisation: str, name: str) -> int:
    """Return how many letters stay when words that anybody here would try are taken out of a password."""
    words = {*_OFTEN, *re.findall(r"[a-z]{3,}", f"{email} {organisation} {name}".lower())}
    for word in sorted(words, key=len, reverse=True):
        plain = plain.replace(word, "")
    return sum(letter.isalpha() for letter in plain)
