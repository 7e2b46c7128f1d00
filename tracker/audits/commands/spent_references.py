"""Case references that stand nowhere any more: none is given to another file (domain A13)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import SpentReference
from tracker.core.changelog import digest_of

SPENT = "This case reference belonged to another file once, so it cannot be used again"
_TAKEN_BACK = "taken back"


def is_spent(session: Session, code: str) -> bool:
    """Say whether a reference stood for a file whose reference went by retention, or came in and was taken back."""
    return session.scalar(select(SpentReference.id).where(SpentReference.digest == _digest(code))) is not None


def erased_among(session: Session, codes: Collection[str]) -> set[str]:
    """Return those of many references that went by retention; one that was taken back may come in again by a file."""
    erased = select(SpentReference.digest).where(SpentReference.why != _TAKEN_BACK)
    gone = set(session.scalars(erased))
    return {code for code in codes if _digest(code) in gone} if gone else set()


def spend(session: Session, code: str) -> None:
    """Keep the digest of a reference that is taken back with the file that it came in with."""
    if not is_spent(session, code):
        session.add(SpentReference(digest=_digest(code), why=_TAKEN_BACK))
        session.flush()


def _digest(code: str) -> str:
    return digest_of("code", code.strip().upper())
