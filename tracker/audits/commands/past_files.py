"""A file of past audits while its columns are being named: kept, changed, thrown away; its folder is the caller's."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.audits.models import UnfinishedPast
from tracker.audits.rules.past.keeping import PAST_FILES_KEPT
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person

_STALE = "This import was changed in another window. What is stored now is shown"


def keep_past_file(session: Session, *, public_id: str, file_name: str, by: Person) -> UnfinishedPast:
    """Keep a file that somebody brings in until it has come in, is discarded or is out of its time."""
    kept = UnfinishedPast(public_id=public_id, person_id=by.id, file_name=file_name[:200], kept_at=clock.now())
    session.add(kept)
    session.flush()
    return kept


def say_columns(session: Session, kept: UnfinishedPast, *, mapping: str, version: int) -> None:
    """Keep how the columns of a file are to be read; raises `Conflict` when another window was quicker."""
    refuse_stale(kept, version)
    kept.mapping, kept.kept_at = mapping, clock.now()
    session.flush()


def refuse_stale(kept: UnfinishedPast, version: int) -> None:
    """Raise `Conflict` when another window was quicker."""
    if kept.version != version:
        raise Conflict(None, _STALE)


def discard_past_file(session: Session, kept: UnfinishedPast) -> None:
    """Forget a file, come in or not."""
    session.delete(kept)
    session.flush()


def discard_old_past_files(session: Session) -> list[str]:
    """Forget files that nobody has touched in their time, whoever brought them; return their folders."""
    old = delete(UnfinishedPast).where(UnfinishedPast.kept_at < clock.now() - PAST_FILES_KEPT)
    return list(session.scalars(old.returning(UnfinishedPast.public_id)))
