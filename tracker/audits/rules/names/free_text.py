"""Warnings about free text: likely names, dates of birth, postcodes, NHS and phone numbers, addresses of e-mail."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tracker.audits.rules.names import patterns
from tracker.audits.rules.names.reference import reference_fault
from tracker.audits.rules.names.words import CAPITALS, CONTRACTIONS, FIRST_NAMES, NOT_NAMES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;\n\r•\t–—]|(?:^|\s)-(?=\s|$)")
_BORN = re.compile(r"\b(?:born|birth|birthday|dob|d\.o\.b)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])(?=[A-Za-z-]*\d)[A-Za-z0-9-]{3,20}(?![\w-])")
_NEAR = 40
_OLD_YEARS = 2


class IdentifierKind(StrEnum):
    """What could tell who somebody is."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    POSTCODE = "postcode"
    NHS_NUMBER = "nhs_number"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True)
class Identifier:
    """Words of a text that look like something which tells who a person is."""

    kind: IdentifierKind
    words: str


_SHAPES = (
    (IdentifierKind.POSTCODE, patterns.POSTCODE, bool),
    (IdentifierKind.NHS_NUMBER, patterns.TEN_DIGITS, patterns.is_nhs_number),
    (IdentifierKind.PHONE, patterns.PHONE, patterns.has_digits_of_a_phone),
)


def identifiers_in(text: str, *, today: date | None = None, known: Collection[str] = ()) -> tuple[Identifier, ...]:
    """Return what in a text looks like it identifies somebody, each once, for a person to replace or confirm.

    A date counts as one of birth when birth is spoken of close by, or when it is more than two years before `today`;
    without `today` every full date counts. `known` are words that are no names here, such as those of the teams.
    """
    found = [*_numbers(text, today), *_names(text, _pieces(tuple(known)))]
    return tuple(dict.fromkeys(found))


def title_tells(text: str, *, today: date) -> bool:
    """Say whether a title of a few words tells who somebody is: a number of theirs, or a first name that is known.

    Capitals alone say nothing there: titles have them for every word.
    """
    return any(
        one.kind is not IdentifierKind.NAME
        or any(_base(word.group())[0].lower() in FIRST_NAMES for word in _WORD.finditer(one.words))
        for one in identifiers_in(text, today=today)
    )


def longest(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Leave out what stands within something longer that was found too: "Emma" beside "Emma Smith"."""
    held = list(found)
    words = [f" {one.words.lower()} " for one in held]
    return tuple(one for one, own in zip(held, words, strict=True) if not any(own in w and own != w for w in words))


def _numbers(text: str, today: date | None) -> Iterator[Identifier]:
    for word in text.split():
        if "@" in word.strip("@") and "." in word:
            yield Identifier(IdentifierKind.EMAIL, word.strip(".,;:()<>"))
    plain = patterns.plain(text)
    for kind, pattern, is_one in _SHAPES:
        for found in pattern.finditer(plain):
            if is_one(found.group()):
                yield Identifier(kind, text[found.start() : found.end()])
    for found in _birth_dates(plain, today):
        yield Identifier(IdentifierKind.BIRTH_DATE, text[found.start() : found.end()])


def _birth_dates(text: str, today: date | None) -> Iterator[re.Match[str]]:
    for found in (*patterns.NUMERIC_DATE.finditer(text), *patterns.WRITTEN_DATE.finditer(text)):
        if _is_birth_date(found, text, today):
            yield found
    for found in patterns.DIGIT_DATE.finditer(text):
        if patterns.numeric_date(*found.groups()) and _speaks_of_birth(found, text):
            yield found


def _is_birth_date(found: re.Match[str], text: str, today: date | None) -> bool:
    read = patterns.numeric_date if found.re is patterns.NUMERIC_DATE else patterns.written_date
    day = read(*found.groups())
    if day is None:
        return False
    if today is None or _speaks_of_birth(found, text):
        return True
    return (today.year - day.year) * 12 + today.month - day.month > _OLD_YEARS * 12


def _speaks_of_birth(found: re.Match[str], text: str) -> bool:
    return _BORN.search(text[max(0, found.start() - _NEAR) : found.end() + _NEAR]) is not None


def _names(text: str, known: frozenset[str]) -> Iterator[Identifier]:
    """Yield likely names, words that follow one another taken together."""
    # A month in letters is no name where it stands in a date, and neither is what a reference spells.
    text = _CODE.sub(_masked, patterns.WRITTEN_DATE.sub(lambda found: "x" * len(found.group()), text))
    run: list[re.Match[str]] = []
    for word, follows in _with_neighbour(text):
        if _is_name(word.group(), starts=not follows, known=known, after_name=bool(run) and follows):
            if run and not _is_beside(text, run[-1], word):
                yield _named(text, run)
                run = []
            run.append(word)
        elif run:
            yield _named(text, run)
            run = []
    if run:
        yield _named(text, run)


def _masked(found: re.Match[str]) -> str:
    """Return a case reference as one plain word of its length: its letters in capitals are nobody's name."""
    token = found.group()
    return token if reference_fault(token) else "x" * len(token)


def _with_neighbour(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each word, and whether it stands inside a sentence, where a capital letter means something."""
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        gap = text[before.end() : word.start()] if before else "\n"
        announced = before is not None and _announces(before.group(), gap)
        yield word, announced or _SENTENCE_END.search(gap) is None
        before = word


def _announces(word: str, gap: str) -> bool:
    """Say whether a title or an initial goes before a name, so that its full stop ends no sentence."""
    is_initial = len(word) == 1 and word.isupper() and word not in {"A", "I"}
    return (is_initial or word.lower() in TITLES) and gap.strip(". ") == ""


def _is_name(word: str, *, starts: bool, known: frozenset[str], after_name: bool) -> bool:
    base, is_possessive = _base(word)
    lower = base.lower()
    if word.lower().replace("’", "'") in CONTRACTIONS or lower in NOT_NAMES or lower in known:
        return False
    if lower in FIRST_NAMES:
        return True
    if not base[0].isupper() or len(base) < 2:
        return False
    if base.isupper():
        return len(base) >= 4 and base not in CAPITALS
    if not starts:
        return not all(part in NOT_NAMES or part in known for part in lower.split("-"))
    return is_possessive or after_name


def _base(word: str) -> tuple[str, bool]:
    """Return a word without its possessive ending, and whether it had one."""
    for ending in ("'s", "’s"):
        if word.lower().endswith(ending):
            return word[: -len(ending)], True
    return word, False


def _is_beside(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    return text[before.end() : word.start()].strip(" ") == "" and not _base(before.group())[1]


def _named(text: str, run: list[re.Match[str]]) -> Identifier:
    words = text[run[0].start() : run[-1].end()]
    return Identifier(IdentifierKind.NAME, _base(words)[0])


@lru_cache(maxsize=8)
def _pieces(known: tuple[str, ...]) -> frozenset[str]:
    """Return the words of names that are known, which are the same for every section of every audit."""
    return frozenset(word.group().lower() for name in known for word in _WORD.finditer(name))
