"""Somebody's words as pages show them: the numbers of actions in them are links, under the number of today."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from tracker.plans.rules.mentions import Meant, stretches


@dataclass(frozen=True)
class Piece:
    """A stretch of words; with an address it is the number of an action, `written` if it had another one then."""

    text: str
    url: str = ""
    written: str = ""


Pieces = tuple[Piece, ...]


def pieces_of(text: str, meant: Mapping[str, Meant], slug: str) -> Pieces:
    """Return the words with links to the actions of the plan that their numbers mean."""
    found = []
    for one in stretches(text, meant):
        if one.meant is None:
            found.append(Piece(one.text))
            continue
        url = url_for("plans.action_show", slug=slug, ref=one.meant.ref)
        is_same = one.meant.ref.casefold() == one.text.casefold()
        found.append(Piece(one.meant.ref, url, "" if is_same else one.text))
    return tuple(found)
