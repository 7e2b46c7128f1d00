"""Small rules about text that every feature may need; knows no council word."""

import re
import secrets
import unicodedata

# No vowels and no look-alikes: codes are read aloud and must not spell words.
_CODE_LETTERS = "BCDFGHJKMPQRTVWXY2346789"


def slug(title: str) -> str:
    """Return a title as an address part: lower case letters, digits and single hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "plan"


def random_code(length: int) -> str:
    """Return an unguessable code of letters and digits that are easy to read aloud."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(length))


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def shortened(text: str, length: int) -> str:
    """Return the text cut at a word to at most that many characters, with an ellipsis when cut."""
    text = one_line(text)
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 action", "4 actions"."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def how_often(times: int) -> str:
    """Return a number of times as English says it: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def joined(words: list[str]) -> str:
    """Return words as English lists them: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
