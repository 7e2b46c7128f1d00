"""Numbers of actions in somebody's words ("see 6.4"): finding them, and cutting the words there; no storage."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

# A number as plans print them, standing by itself: no part of a date, a version, a sum or a longer word.
_NUMBER = re.compile(
    r"(?<![\w£$€/.,-])(?<![0-9]:)(?P<number>[A-Za-z]{0,3}[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}[a-z]?(?:-[0-9]{1,4})?)(?![\w/-]|[.,:][0-9])"
)
# What follows an amount. "Rose to 6.4 per cent" speaks of no action.
_AMOUNT = re.compile(
    r"\s*(?:%|‰|°|(?:per\s?cent|percent|percentage|points?|am|pm|hours?|days?|weeks?|months?|years?|minutes?|times|"
    r"pounds|hundred|thousand|million)\b)",
    re.IGNORECASE,
)
# A whole number names an action only where a word says so: "see 12", "action 12".
_SAYS_SO = re.compile(r"\b(?:actions?|see|with)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The action that a typed number means: its number and its title as they are now."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of somebody's words: plain, or a number with the action that it means."""

    text: str
    meant: Meant | None = None


def numbers_in(text: str) -> tuple[str, ...]:
    """Return what in a text may be the number of an action, each once, as it is typed."""
    return tuple(dict.fromkeys(found["number"] for found in _found(text)))


def stretches(text: str, meant: Mapping[str, Meant]) -> tuple[Stretch, ...]:
    """Cut a text at the numbers that mean an action; put together again the stretches are the text as it was typed."""
    parts, end = [], 0
    for found in _found(text):
        action = meant.get(found["number"])
        if action is None:
            continue
        if found.start() > end:
            parts.append(Stretch(text[end : found.start()]))
        parts.append(Stretch(found["number"], action))
        end = found.end()
    if end < len(text) or not parts:
        parts.append(Stretch(text[end:]))
    return tuple(parts)


def known_numbers(numbers: Collection[str], actions: Mapping[str, int]) -> dict[str, int]:
    """Return which of the typed numbers are those of actions, whatever the case of their letters, with their ids."""
    by_letters = {ref.casefold(): key for ref, key in actions.items()}
    return {number: by_letters[number.casefold()] for number in numbers if number.casefold() in by_letters}


def _found(text: str) -> Iterator[re.Match[str]]:
    for found in _NUMBER.finditer(text):
        is_whole = found["number"].isdecimal()
        if _AMOUNT.match(text, found.end()) or (is_whole and not _SAYS_SO.search(text[: found.start()][-20:])):
            continue
        yield found
