"""Pages: what was found, by kind; a number leads on, and a case reference is taken only from a form."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.rules.names.reference import looks_like_reference
from tracker.core.search import MOST, Looking, Sought, Source, counts, hits, plain_line, read_words
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.web.access import current_person, signed_in
from tracker.web.chips import Chip
from tracker.web.opening import note_opening
from tracker.web.paging import page_of
from tracker.web.search.blueprint import bp
from tracker.web.search.jumping import Target, case_targets, is_reference, no_such_number, targets
from tracker.web.search.pace import keep_pace
from tracker.web.search.rows import Found, found_of
from tracker.web.search.sources import BY_KIND, SHOWN_AT_ONCE, SOURCES

_OF_EACH = 5
_A_PAGE = 50
_WHY = "it finds only what the person may read"
_IN_ADDRESS = (
    "This looks like a case reference. Addresses are kept in the records of servers, so it is not looked for there. "
    "Type it into the search box."
)


@dataclass(frozen=True)
class Group:
    """What was found of one kind, with the way to the rest; no rows of a kind that is shown only by itself."""

    kind: str
    label: str
    rows: list[Found]
    more: str
    url: str


@bp.get("/search")
@signed_in(_WHY)
def search_show() -> ResponseReturnValue:
    """Jump to what bears a number, or show what holds the words."""
    person, typed = current_person(), plain_line(request.args.get("q", ""))
    if not typed:
        return _page(heading="Search")
    keep_pace(person.id)
    if is_reference(person, typed):
        return _page(heading="Search", nothing=_IN_ADDRESS)
    kind = request.args.get("kind", "")
    found = targets(db_session(), person, typed) if kind not in BY_KIND else []
    if found:
        return _led_on(typed, found)
    return _results(person, typed, BY_KIND.get(kind))


@bp.post("/search")
@signed_in(_WHY)
def search_send() -> ResponseReturnValue:
    """Open the audit of a case reference without putting it into an address; all else goes on as an address."""
    person, typed = current_person(), plain_line(request.form.get("q", ""))
    keep_pace(person.id)
    found = case_targets(db_session(), person, typed)
    if found:
        return _led_on(typed, found)
    if is_reference(person, typed):
        return _page(heading="Search", nothing=f"You have no audit of a case file {typed}. Check the reference.")
    if looks_like_reference(typed):
        # Whoever puts something right for a child knows a reference too, though no audit.
        return _results(person, typed, None)
    return redirect(url_for("search.search_show", q=typed), 303)


def _led_on(typed: str, found: list[Target]) -> ResponseReturnValue:
    """Go to the one place, or let the person choose among several."""
    if len(found) == 1:
        return redirect(found[0].url, 303)
    return render_template("search/search_choose.html", typed=typed, found=found)


@dataclass(frozen=True)
class _Search:
    """What one page looks for, and how many rows of each kind hold it."""

    person: Person
    typed: str
    sought: Sought
    numbers: dict[str, int]

    @property
    def looking(self) -> Looking:
        return Looking.on(db_session(), self.sought)


def _results(person: Person, typed: str, chosen: Source | None) -> str:
    sought = read_words(typed)
    found = counts(db_session(), SOURCES, person, Looking.on(db_session(), sought)) if sought else {}
    search = _Search(person, typed, sought, {kind: number for kind, number in found.items() if number})
    return _of_all(search) if chosen is None else _of_one(search, chosen)


def _of_all(search: _Search) -> str:
    """Show the best of each kind."""
    session, numbers = db_session(), search.numbers
    shown = [source for source in SHOWN_AT_ONCE if source.kind in numbers]
    rows = hits(session, shown, search.person, search.looking, limit=_OF_EACH)
    groups = [
        _group(source, search, [found_of(hit, search.sought) for hit in rows if hit.kind == source.kind])
        for source in SOURCES
        if source.kind in numbers
    ]
    return _shown(search, "", groups)


def _of_one(search: _Search, chosen: Source) -> str:
    """Show one kind in pages."""
    number = min(search.numbers.get(chosen.kind, 0), MOST)
    part = page_of(number, lambda page: _url(search.typed, chosen.kind, page), size=_A_PAGE)
    if not part.total:
        return _shown(search, chosen.kind, [])
    if chosen.is_sensitive:
        note_opening(search=chosen.kind, rows=part.total, page=part.number)
    rows = hits(db_session(), [chosen], search.person, search.looking, limit=_A_PAGE, offset=part.offset)
    group = Group(chosen.kind, chosen.label, [found_of(hit, search.sought) for hit in rows], "", "")
    most = MOST if search.numbers[chosen.kind] > MOST else None
    return _shown(search, chosen.kind, [group], part=part, is_noted=chosen.is_sensitive, most=most)


def _shown(search: _Search, kind: str, groups: list[Group], **context: object) -> str:
    nothing = "" if groups else _nothing(search.person, search.typed, search.sought)
    chips = _chips(search.typed, search.numbers, kind)
    heading = f"Search: {search.typed}"
    return _page(heading=heading, typed=search.typed, nothing=nothing, chips=chips, groups=groups, **context)


def _page(*, heading: str, typed: str = "", nothing: str = "", **context: object) -> str:
    return render_template("search/search_show.html", heading=heading, typed=typed, nothing=nothing, **context)


def _group(source: Source, search: _Search, rows: list[Found]) -> Group:
    number = search.numbers[source.kind]
    more = f"Show all {number:,}" if number > len(rows) else ""
    if number > MOST:
        more = f"Show the first {MOST:,}"
    if source.is_sensitive:
        more = f"Show {counted(min(number, MOST), source.label.lower().removesuffix('s'))}"
    return Group(source.kind, source.label, rows, more, _url(search.typed, source.kind))


def _chips(typed: str, numbers: dict[str, int], chosen: str) -> list[Chip]:
    if not numbers:
        return []
    kinds = [
        Chip(f"{source.label} ({_number(numbers[source.kind])})", _url(typed, source.kind), source.kind == chosen)
        for source in SOURCES
        if source.kind in numbers
    ]
    return [Chip(f"All ({_number(*numbers.values())})", _url(typed), not chosen), *kinds]


def _number(*found: int) -> str:
    """Say how many were found in all; of each kind no more than `MOST` are counted."""
    most = "more than " if any(number > MOST for number in found) else ""
    return f"{most}{sum(min(number, MOST) for number in found):,}"


def _url(typed: str, kind: str | None = None, page: int | None = None) -> str:
    return url_for("search.search_show", q=typed, kind=kind, page=page)


def _nothing(person: Person, typed: str, sought: Sought) -> str:
    """Say that nothing was found, in words that help to find it."""
    if not sought:
        return f"Nothing found for '{typed}'. Type a word or a number."
    return no_such_number(db_session(), person, typed) or (
        f"Nothing found for '{typed}'. Check the spelling, or search for one word of it."
    )
