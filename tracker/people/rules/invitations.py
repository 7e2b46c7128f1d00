"""Reading a pasted list of people to invite: one a line, with what is doubtful about each; nobody is added here."""

import re
from dataclasses import dataclass
from datetime import timedelta

from tracker.people.rules.addresses import is_email, tidy_email

LINK_LASTS = timedelta(hours=72)
MOST_AT_ONCE = 200
_WITH_BRACKETS = re.compile(r"\s*\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<email>[^<>]*)>\s*[,;]?\s*(?P<post>[^<>]*)")
_LONGEST = 120


@dataclass(frozen=True)
class Invited:
    """One line of the list as it was read; what speaks against inviting stands in `doubts`."""

    line: int
    typed: str
    name: str
    email: str
    post: str
    doubts: tuple[str, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether this line may be invited as it stands."""
        return not self.doubts


def read_invited(text: str, *, known: frozenset[str] = frozenset()) -> list[Invited]:
    """Read "Name <mail>" and "name, mail, post" lines; empty ones are passed over, every other one is returned.

    `known` holds the addresses of people who are here already. Lines after the two hundredth are doubtful.
    """
    found: list[Invited] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        typed = "\t".join(" ".join(cell.split()) for cell in line.replace("\x00", "").strip().split("\t"))
        if not typed:
            continue
        name, email, post = _parts(typed)
        doubts = _doubts(name, email, post, seen, known)
        if len(found) >= MOST_AT_ONCE:
            doubts = (*doubts, f"Only {MOST_AT_ONCE} people can be invited at once")
        seen.add(email)
        found.append(Invited(number, typed, name, email, post, doubts))
    return found


def _parts(typed: str) -> tuple[str, str, str]:
    bracketed = _WITH_BRACKETS.fullmatch(typed)
    if bracketed is not None:
        return bracketed["name"].strip(" ,;"), tidy_email(bracketed["email"]), bracketed["post"].strip(" ,;")
    separator = "\t" if "\t" in typed else ";" if ";" in typed else ","
    parts = [part.strip().strip('"') for part in typed.split(separator, 2)]
    place = next((place for place, part in enumerate(parts) if "@" in part), None)
    if place is None:
        return (parts[0], "", " ".join(parts[1:]).strip())
    email = tidy_email(parts.pop(place))
    return (parts[0] if parts else "", email, ", ".join(parts[1:]))


def _doubts(name: str, email: str, post: str, seen: set[str], known: frozenset[str]) -> tuple[str, ...]:
    found = []
    if not name:
        found.append("There is no name")
    if not is_email(email):
        found.append("There is no e-mail address" if not email else f"{email} is not an e-mail address")
    elif email in seen:
        found.append("This address stands in the list twice")
    elif email in known:
        found.append("Somebody with this address is here already")
    found += [f"The {what} is longer than {_LONGEST} characters" for what, text in _long(name, post)]
    return tuple(found)


def _long(name: str, post: str) -> list[tuple[str, str]]:
    return [(what, text) for what, text in (("name", name), ("post", post)) if len(text) > _LONGEST]
