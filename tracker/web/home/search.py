"""Page: the search box of the header, which jumps to a number or lists actions by words."""

import re
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import shortened
from tracker.extensions import db
from tracker.plans.models import Action
from tracker.plans.queries.jump import MOST_FOUND, action_by_number, actions_matching
from tracker.web.access import current_person, signed_in
from tracker.web.forms import trimmed
from tracker.web.home.blueprint import bp

LONGEST_SEARCH = 100
_NUMBER = re.compile(r"[0-9]{1,3}[.][0-9]{1,3}[a-z]?", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """An action that was found."""

    ref: str
    title: str
    plan: str
    url: str


@bp.get("/search")
@signed_in("it finds only what the person may read")
def search() -> ResponseReturnValue:
    """Jump to an action by its number, or list those whose title holds the words."""
    typed = trimmed(request.args.get("q"))
    words = typed[:LONGEST_SEARCH]
    person = current_person()
    is_number = _NUMBER.fullmatch(words) is not None
    if is_number and (action := action_by_number(db.session(), person, words)):
        return redirect(_address(action))
    found = [_found(action) for action in actions_matching(db.session(), person, words)] if words else []
    return render_template(
        "home/search.html",
        heading=f"Search: {words}" if words else "Search",
        words=words,
        found=found,
        is_cut=len(found) == MOST_FOUND,
        nothing=_nothing(words, is_number=is_number),
    )


def _nothing(words: str, *, is_number: bool) -> str:
    """Say that nothing was found, in words that help to find it; nothing when nothing was asked."""
    if not words:
        return ""
    if is_number:
        return f"There is no action {words} in the plans that you may read."
    return f"Nothing found for '{words}'. Check the spelling, or search for one word of the title."


def _found(action: Action) -> Found:
    return Found(action.ref, shortened(action.title, 160), action.plan.title, _address(action))


def _address(action: Action) -> str:
    return url_for("plans.action_show", slug=action.plan.slug, ref=action.ref)
