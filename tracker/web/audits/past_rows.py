"""What the pages on past audits show, in final words: rows by their number alone, never a cell of the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import ImportedAudit, UnfinishedPast
from tracker.audits.queries.imports import PastMade
from tracker.audits.rules.past import Doubt, PastMapping, Refused
from tracker.core.text import counted
from tracker.web.templating import clock_time, day

_SHOWN = 30


@dataclass(frozen=True)
class Told:
    """One thing to know of a file, and the rows that it is about."""

    words: str
    rows: str


@dataclass(frozen=True)
class MadeRow:
    """A file that came in, in the list of all."""

    name: str
    size: str
    came: str
    state: str
    undo_url: str


@dataclass(frozen=True)
class Begun:
    """A file that its reader has begun to bring in."""

    label: str
    url: str


def coming_words(mapping: PastMapping) -> str:
    """Say what becomes of the audits of a file when it comes in, and which of them count."""
    final = (
        "Those with a grade after moderation come in as final audits, the others as sent ones that nothing counts."
        if mapping.moderated_only
        else "They come in as final audits."
    )
    return f"{final} Final audits of files chosen at random count in themes from today, others are left out of counts."


def refused_lines(refused: Iterable[Refused]) -> list[Told]:
    """Return why rows are refused, each reason with its rows."""
    return _by_words((one.reason, one.row) for one in refused)


def doubt_lines(doubts: Iterable[Doubt]) -> list[Told]:
    """Return what is doubtful, each doubt with its rows."""
    return _by_words((one.message, one.row) for one in doubts)


def _by_words(pairs: Iterable[tuple[str, int | None]]) -> list[Told]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for words, row in pairs:
        found[words] += [row] if row is not None else []
    return [Told(words, _rows(rows)) for words, rows in found.items()]


def _rows(rows: list[int]) -> str:
    if not rows:
        return "The whole file"
    more = len(rows) - _SHOWN
    return ", ".join(map(str, rows[:_SHOWN])) + (f" and {more} more" if more > 0 else "")


def made_lines(found: Iterable[PastMade]) -> list[MadeRow]:
    """Return files that came in as the list shows them."""
    return [_made(one) for one in found]


def _made(one: PastMade) -> MadeRow:
    record = one.record
    by = f" by {one.by}" if one.by else " by a command"
    undone = f"Taken back {day(record.undone_at)} by {one.undone_by}" if record.undone_at else "Here"
    return MadeRow(
        name=record.file_name,
        size=f"{counted(record.accepted, 'audit')} of {counted(record.rows, 'row')}",
        came=f"{day(record.imported_at)}, {clock_time(record.imported_at)}{by}",
        state=undone,
        undo_url="" if record.undone_at else url_for("audits.past_undo", import_id=record.id),
    )


def past_facts(said: ImportedAudit | None) -> list[tuple[str, str]]:
    """Return what a file said of an audit beyond the audit itself; nothing of one that was made here."""
    if said is None:
        return []
    facts = [("Reference in the file", said.ref)]
    if said.moderated_grade:
        own = said.own_grade.words if said.own_grade else "No grade"
        facts += [("Auditor’s own grade", own), ("After moderation", said.moderated_grade.words)]
    return [*facts, ("Immediate concern", "Flagged at the time")] if said.is_concern else facts


def begun_lines(kept: Iterable[UnfinishedPast]) -> list[Begun]:
    """Return files begun and not finished."""
    return [
        Begun(f"{one.file_name}, {day(one.kept_at)}", url_for("audits.past_show", public_id=one.public_id))
        for one in kept
    ]
