"""Where a plan that is coming in lies, whose it is and how far its reading is; what is asked of it is the pages'."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.core.plain_values import value_of
from tracker.core.problems import Unavailable
from tracker.core.uploads import checked_upload, safe_name
from tracker.core.uploads.kinds import OLDER_OFFICE, WITH_MACROS, end_of, kind_by_name
from tracker.core.uploads.refusals import RefusedFileError
from tracker.core.uploads.waiting import WaitingFile
from tracker.extensions import db_session
from tracker.plans.commands.incoming import answers_of, is_past
from tracker.plans.imports.plan_file import PLAN_FILES
from tracker.plans.imports.whole_reading import READER, Asked, WholeReading
from tracker.plans.models import UnfinishedImport
from tracker.plans.queries.imports import own_import
from tracker.plans.rules.importing import Answers
from tracker.web.access import current_person

# How long a page waits for a reading before it shows how far it is, in seconds.
_PATIENCE = 3.0
# The page asks for itself again after so many seconds while a document is being read.
_AGAIN = "2"


@dataclass(frozen=True)
class Incoming:
    """An import of the person who asks, with what was read and what was answered."""

    kept: UnfinishedImport
    found: WholeReading
    answers: Answers

    @property
    def is_ready(self) -> bool:
        """Whether there are actions and every word of colour has its meaning."""
        return self.found.has_actions and not self.found.reading.unkeyed


def place_of(public_id: str) -> WaitingFile:
    """Return the place on this machine where the document of an import lies."""
    folder: Path = current_app.config["SETTINGS"].instance
    return WaitingFile(folder / "imports" / public_id)


def patience() -> float:
    """Return how many seconds a page waits for a reading before it shows how far it is."""
    return float(current_app.config.get("IMPORT_PATIENCE", _PATIENCE))


def checked_plan(raw: bytes, name: str) -> tuple[bytes, str]:
    """Return a file that may be taken with its name; raises `Problem` for what hides something, or is none of ours."""
    if kind_by_name(name) in PLAN_FILES or end_of(name) in OLDER_OFFICE | WITH_MACROS:
        scanner = current_app.config["SETTINGS"].scanner or None
        upload = checked_upload(BytesIO(raw), name, PLAN_FILES, scanner=scanner)
        return upload.data, upload.name
    return raw, safe_name(name)


def own(public_id: str) -> UnfinishedImport:
    """Return the person's own import, or answer that there is none."""
    kept = own_import(db_session(), public_id, current_person())
    if kept is None:
        abort(404)
    return kept


def elsewhere(kept: UnfinishedImport) -> Response | None:
    """Return where to go instead when the import is done or was left alone for too long."""
    if kept.plan_slug:
        return redirect(url_for("plans.plan_checks", slug=kept.plan_slug), 303)
    return redirect(url_for("plans.plan_new"), 303) if is_past(kept) else None


def begin_again(kept: UnfinishedImport) -> None:
    """Begin to read a document anew, as its columns and colours are now said to be.

    Raises `Unavailable` when it cannot be begun just now: then nothing of what was said may be kept, or the reading
    that stands would be taken for one that was made after it.
    """
    asked = Asked(kept.file_name, kept.columns, kept.rag_key, kept.approved_on)
    try:
        place_of(kept.public_id).begin(READER, asked.line())
    except RefusedFileError as refused:
        raise Unavailable(None, refused.sentence) from refused


def wait_for(public_id: str) -> None:
    """Wait a moment for a reading that was begun; the page that is shown next asks again, and says what is wrong."""
    with suppress(RefusedFileError):
        place_of(public_id).wait(patience())


def reading_of(kept: UnfinishedImport) -> WholeReading | None:
    """Return what was read, or None while it is being read; raises `RefusedFileError` when it cannot be."""
    found = place_of(kept.public_id).answer()
    return None if found is None else value_of(WholeReading, found)


def still_reading(kept: UnfinishedImport) -> Response:
    """Return the page that says how far a reading is; it asks for its own address again, so that no step is lost."""
    reached = place_of(kept.public_id).reached()
    page = render_template("plans/import_reading.html", kept=kept, refused="", reached=reached, here=request.path)
    answer = make_response(page)
    answer.headers["Refresh"] = _AGAIN
    return answer


def incoming(public_id: str) -> Incoming | Response:
    """Return an import that is ready for its later steps, or the page to show or go to first."""
    kept = own(public_id)
    if (other := elsewhere(kept)) is not None:
        return other
    first = redirect(url_for("plans.import_show", public_id=public_id), 303)
    try:
        found = reading_of(kept)
    except RefusedFileError:
        return first
    if found is None:
        return still_reading(kept)
    there = Incoming(kept, found, answers_of(kept))
    return there if there.is_ready else first
