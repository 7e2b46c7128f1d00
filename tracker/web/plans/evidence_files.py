"""Files of evidence between a browser and the store: taken in with every check, sent out only as they were added."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Response, abort, current_app, send_file
from sqlalchemy.orm import Session

from tracker.core.changelog import acting, record_event
from tracker.core.files import AlteredFileError, StoredFile
from tracker.core.problems import Invalid
from tracker.core.uploads import Upload, checked_upload
from tracker.extensions import db_session, file_store
from tracker.plans.commands.answers import Answer, Shown
from tracker.plans.models import Evidence
from tracker.web.access import current_person

MOST_FILES = 10
# Nothing in a file may run or load anything, should a browser show it after all.
_POLICY = "sandbox; default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def chosen_files(field: Any) -> list[Any]:
    """Return the files that a person chose; an empty box sends one without a name."""
    return [one for one in field.data or () if getattr(one, "filename", "")]


def checked_files(form: Any, field: Any) -> list[Upload]:
    """Check every file of a field; what is wrong with one stands beside it, naming the file among several.

    This takes a moment and writes nothing: it comes before `saving`, which keeps all others waiting.
    """
    chosen = chosen_files(field)
    if len(chosen) > MOST_FILES:
        form.refuse(Invalid(field.name, f"Add at most {MOST_FILES} files at a time"))
        return []
    found = [_checked(form, one, field.name, is_one_of_many=len(chosen) > 1) for one in chosen]
    return [upload for upload in found if upload is not None]


def with_files(session: Session, answer: Answer, uploads: Sequence[Upload], words: str) -> Answer:
    """Return what an update says with the files that came along; the sentence beside them tells what they show."""
    if not uploads:
        return answer
    links = [shown for shown in answer.evidence if shown.url]
    return replace(answer, evidence=(*links, *(Shown(words, stored=keep_file(session, one)) for one in uploads)))


def keep_file(session: Session, upload: Upload) -> StoredFile:
    """Keep a file that was checked."""
    return file_store().keep(session, upload)


def _checked(form: Any, sent: Any, name: str, *, is_one_of_many: bool) -> Upload | None:
    scanner = current_app.config["SETTINGS"].scanner or None
    try:
        return checked_upload(sent.stream, sent.filename, field=name, scanner=scanner)
    except Invalid as problem:
        which = f"{sent.filename[:80]}: " if is_one_of_many else ""
        form.refuse(Invalid(name, f"{which}{problem.message}"))
        return None


def send_evidence(evidence: Evidence) -> Response:
    """Send a file as an attachment; one that was changed outside is logged and not sent."""
    assert evidence.stored_as is not None
    assert evidence.file_kind is not None
    try:
        data = file_store().read(evidence.stored_as, evidence.file_sha256)
    except AlteredFileError:
        _note_altered(evidence)
        abort(502)
    answer = send_file(
        BytesIO(data), mimetype=evidence.file_kind.media_type, as_attachment=True, download_name=evidence.file_name
    )
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


def _note_altered(evidence: Evidence) -> None:
    """Write down that a kept file is not what it was."""
    session = db_session()
    with acting(f"person:{current_person().id}"):
        record_event(session, "altered", subject=evidence)
        session.commit()
