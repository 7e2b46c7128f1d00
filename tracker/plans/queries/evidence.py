"""The evidence of an action with who added, verified and removed it, and what records say of stored files."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.people.models import Person
from tracker.plans.models import Action, Evidence
from tracker.plans.queries.action import action_at, part_of
from tracker.plans.queries.counting import counted_evidence, kept_file

_LONGEST_CODE = 24
_ADDED, _VERIFIED, _REMOVED = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence with the names around it; a name is empty for a command of the operator."""

    evidence: Evidence
    added_by: str
    verified_by: str
    removed_by: str


@dataclass(frozen=True)
class EvidenceCount:
    """How many pieces of evidence an action has in view, and how many of them nobody has verified."""

    pieces: int
    unverified: int


def evidence_at(session: Session, /, slug: str, ref: str, code: str) -> Evidence | None:
    """Return a piece of evidence that counts of the action at this address, with the action."""
    action = action_at(session, slug, ref)
    if action is None or len(code) > _LONGEST_CODE or "\x00" in code:
        return None
    query = select(Evidence).where(Evidence.code == code, Evidence.action_id == action.id, counted_evidence())
    return part_of(action, session.scalar(query))


def evidence_rows(session: Session, action: Action) -> list[EvidenceRow]:
    """Return all evidence of an action, the newest day first, what was removed included: one query.

    Evidence of an update that was withdrawn is told in the history alone.
    """
    query = (
        select(Evidence, _ADDED.name, _VERIFIED.name, _REMOVED.name)
        .outerjoin(_ADDED, _ADDED.id == Evidence.created_by)
        .outerjoin(_VERIFIED, _VERIFIED.id == Evidence.verified_by_id)
        .outerjoin(_REMOVED, _REMOVED.id == Evidence.removed_by_id)
        .where(Evidence.action_id == action.id, or_(Evidence.removed_at.is_not(None), counted_evidence()))
        .order_by(Evidence.effective_on.desc(), Evidence.id.desc())
    )
    return [EvidenceRow(row[0], row[1] or "", row[2] or "", row[3] or "") for row in session.execute(query)]


def evidence_in_view(session: Session, action: Action) -> list[Evidence]:
    """Return the evidence of an action that counts, the newest day first."""
    query = select(Evidence).where(Evidence.action_id == action.id, counted_evidence())
    return list(session.scalars(query.order_by(Evidence.effective_on.desc(), Evidence.id.desc())))


def evidence_count(session: Session, action: Action) -> EvidenceCount:
    """Count the evidence of an action."""
    query = select(func.count(), func.count(Evidence.result)).where(Evidence.action_id == action.id, counted_evidence())
    pieces, verified = session.execute(query).one()
    return EvidenceCount(pieces, pieces - verified)


def stored_files(session: Session) -> dict[str, str]:
    """Return the SHA-256 of every stored file by its name in the store; removed evidence keeps its file."""
    query = select(Evidence.stored_as, Evidence.file_sha256).where(Evidence.stored_as.is_not(None), kept_file())
    return {name: sha256 for name, sha256 in session.execute(query) if name is not None}
