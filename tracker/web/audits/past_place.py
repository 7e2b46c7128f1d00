"""Where a file of past audits lies while it comes in, whose it is and what it holds; what is asked is the pages'."""

from dataclasses import dataclass
from pathlib import Path

from flask import abort, current_app

from tracker.audits.imports.past_audits import PastFile, file_table
from tracker.audits.imports.table_file import TableFile
from tracker.audits.models import UnfinishedPast
from tracker.audits.queries.imports import last_mapping
from tracker.audits.queries.themes import themes
from tracker.audits.rules.past import PastMapping, mapping_from
from tracker.audits.rules.past.guessing import guessed_mapping
from tracker.audits.rules.past.keeping import PAST_FILES_KEPT
from tracker.core import clock
from tracker.core.problems import Problem
from tracker.core.uploads.refusals import RefusedFileError
from tracker.core.uploads.waiting import WaitingFile
from tracker.extensions import db_session
from tracker.web.access import current_person


@dataclass(frozen=True)
class Incoming:
    """A file of the person who asks, with its rows and how its columns are read as far as is said or guessed."""

    kept: UnfinishedPast
    file: PastFile
    table: TableFile
    mapping: PastMapping


def place_of(public_id: str) -> WaitingFile:
    """Return the place on this machine where a file lies."""
    folder: Path = current_app.config["SETTINGS"].instance
    return WaitingFile(folder / "past-audits" / public_id)


def scanner() -> str | None:
    """Return the path of the council's virus scanner."""
    return current_app.config["SETTINGS"].scanner or None


def incoming(kept: UnfinishedPast) -> Incoming:
    """Return the person's own file, or answer that there is none, or none any more; anybody else's is not there."""
    if kept.person_id != current_person().id or kept.kept_at < clock.now() - PAST_FILES_KEPT:
        abort(404)
    try:
        raw = place_of(kept.public_id).content()
    except RefusedFileError:
        abort(404)
    file = PastFile(raw, kept.file_name, kept.mapping, scanner())
    table = file_table(file)
    return Incoming(kept, file, table, _mapping(kept, table))


def _mapping(kept: UnfinishedPast, table: TableFile) -> PastMapping:
    """Return how the file is read, or what its headings and the file before make likely."""
    found = themes(db_session())
    codes = {one.code for one in found}
    if kept.mapping:
        return mapping_from(kept.mapping, themes=codes)
    try:
        last = mapping_from(last_mapping(db_session()), themes=codes)
    except Problem:
        last = PastMapping()
    return guessed_mapping(table.headings, {one.code: [one.name, *one.synonyms] for one in found}, last)
