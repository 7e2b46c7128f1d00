"""What the palette shows while one types, as data for its script; typed words come in a form, never in an address."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.core.search import Looking, hits, plain_line, read_words
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.web.access import current_person, signed_in
from tracker.web.search.blueprint import bp
from tracker.web.search.jumping import Target, case_targets, is_reference, numbered_actions, target_of, targets
from tracker.web.search.pace import keep_pace
from tracker.web.search.palette import commands_for
from tracker.web.search.rows import found_of
from tracker.web.search.sources import BY_KIND, SHOWN_AT_ONCE

_OF_EACH = 4
_Item = dict[str, str]


@bp.post("/search/suggest")
@signed_in("it finds only what the person may read, and changes nothing")
def search_suggest() -> ResponseReturnValue:
    """Return groups of places to go to and things to do."""
    person = current_person()
    keep_pace(person.id)
    typed = plain_line(request.form.get("q", ""))
    groups = [group for group in _groups(person, typed) if group["items"]]
    number = sum(len(group["items"]) for group in groups)
    return jsonify(groups=groups, said=counted(number, "suggestion") if number else "Nothing found")


def _groups(person: Person, typed: str) -> list[dict[str, Any]]:
    session = db_session()
    if is_reference(person, typed):
        return [_group("Case files", [_item(target) for target in case_targets(session, person, typed)])]
    actions = numbered_actions(session, person, typed)
    numbered = [target_of(action) for action in actions] or targets(session, person, typed)
    todo = [{"text": command.words, "note": "", "url": command.url} for command in commands_for(person, typed, actions)]
    return [
        _group("Go to", [_item(target) for target in numbered]),
        _group("Do", todo),
        *(_found(person, typed) if not numbered else []),
    ]


def _found(person: Person, typed: str) -> list[dict[str, Any]]:
    sought, session = read_words(typed), db_session()
    if not sought:
        return []
    kinds: dict[str, list[_Item]] = {source.kind: [] for source in SHOWN_AT_ONCE}
    for hit in hits(session, SHOWN_AT_ONCE, person, Looking.on(session, sought), limit=_OF_EACH):
        row = found_of(hit, sought)
        kinds[hit.kind].append({"text": row.plain_title, "note": row.where, "url": row.url})
    return [_group(BY_KIND[kind].label, items) for kind, items in kinds.items()]


def _item(target: Target) -> _Item:
    return {"text": target.title, "note": target.plan, "url": target.url}


def _group(label: str, items: list[_Item]) -> dict[str, Any]:
    return {"label": label, "items": items}
