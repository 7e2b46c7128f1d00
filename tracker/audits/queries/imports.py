"""Files of past audits that came in or are coming in; what becomes of them is the commands'."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditImport, ImportedAudit, UnfinishedPast
from tracker.people.models import Person


@dataclass(frozen=True)
class PastMade:
    """A file that came in; `by` is empty for a command, `undone_by` for one that stands. Both are names of people."""

    record: AuditImport
    by: str
    undone_by: str


def past_file(session: Session, public_id: str) -> UnfinishedPast | None:
    """Return the file of an address that somebody has begun to bring in."""
    return session.scalar(select(UnfinishedPast).where(UnfinishedPast.public_id == public_id))


def unfinished_past(session: Session, person: Person) -> list[UnfinishedPast]:
    """Return the files that a person has begun to bring in, the newest first."""
    query = select(UnfinishedPast).where(UnfinishedPast.person_id == person.id)
    return list(session.scalars(query.order_by(UnfinishedPast.kept_at.desc(), UnfinishedPast.id.desc()).limit(20)))


def known_past_files(session: Session) -> frozenset[str]:
    """Return the folders of all files that are still kept."""
    return frozenset(session.scalars(select(UnfinishedPast.public_id)))


def past_import_count(session: Session) -> int:
    """Return how many files came in, those taken back included."""
    return session.scalar(select(func.count(AuditImport.id))) or 0


def past_imports(session: Session, *, limit: int, offset: int) -> list[PastMade]:
    """Return the files that came in, the newest first, those taken back included."""
    query = select(AuditImport).order_by(AuditImport.imported_at.desc(), AuditImport.id.desc())
    found = list(session.scalars(query.limit(limit).offset(offset)))
    names = _names(session, found)
    return [PastMade(one, names.get(one.created_by, ""), names.get(one.undone_by or 0, "")) for one in found]


def past_import(session: Session, import_id: int) -> AuditImport | None:
    """Return one file that came in."""
    return session.get(AuditImport, import_id)


def last_mapping(session: Session) -> str:
    """Return how the columns of the latest file were read, empty before the first."""
    query = select(AuditImport.mapping).order_by(AuditImport.imported_at.desc(), AuditImport.id.desc())
    return session.scalar(query.limit(1)) or ""


def said_in_past(session: Session, audit: Audit) -> ImportedAudit | None:
    """Return what a file said of an audit, None of one that was made here."""
    return session.scalar(select(ImportedAudit).where(ImportedAudit.audit_id == audit.id))


def _names(session: Session, found: Sequence[AuditImport]) -> dict[int, str]:
    ids = {number for one in found for number in (one.created_by, one.undone_by) if number}
    return {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
