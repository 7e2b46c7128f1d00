"""Holds forms that were sent after their session had ended, sealed, until their own writer signs in again."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.sealing import BrokenSealError, opened, sealed
from tracker.people.models import HeldForm, Person
from tracker.people.rules import network_of

HELD_FOR = timedelta(minutes=60)
MOST_OF_A_PERSON = 5
MOST_OF_A_NETWORK = 20
LARGEST = 256 * 1024
_PURPOSE = "held posts"


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent: its fields in order, and the names of the fields whose files are lost."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


def hold_form(
    session: Session, person_id: int, sent: SentForm, *, address: str, network: str, secret: str
) -> str | None:
    """Hold a form for the person who wrote it and return the token by which it is found again (security.md).

    A person's oldest makes room for a sixth; a network that holds twenty gets no more, and None comes back.
    Also None for more than 256 KB.
    """
    content = json.dumps([sent.fields, sent.files], ensure_ascii=False).encode()
    network = network_of(network)
    if len(content) > LARGEST:
        return None
    discard_old_forms(session)
    if (session.scalar(select(func.count(HeldForm.id)).where(HeldForm.network == network)) or 0) >= MOST_OF_A_NETWORK:
        return None
    _make_room(session, person_id)
    token = secrets.token_urlsafe(32)
    session.add(
        HeldForm(
            token_hash=_hash(token),
            person_id=person_id,
            address=address,
            network=network,
            sealed=sealed(content, secret=secret, purpose=_PURPOSE),
            held_at=clock.now(),
        )
    )
    session.flush()
    return token


def held_form(session: Session, token: str, person: Person, *, address: str, secret: str) -> SentForm | None:
    """Return what a token holds for this very person at this very address; None for anybody and anything else."""
    found = held_anywhere(session, token, person, secret=secret)
    return found[1] if found is not None and found[0] == address else None


def held_anywhere(session: Session, token: str, person: Person, *, secret: str) -> tuple[str, SentForm] | None:
    """Return what a token holds for this very person, with the address that it was sent to."""
    held = session.scalar(
        select(HeldForm).where(
            HeldForm.token_hash == _hash(token),
            HeldForm.person_id == person.id,
            HeldForm.held_at >= clock.now() - HELD_FOR,
        )
    )
    if held is None:
        return None
    try:
        content = opened(held.sealed, secret=secret, purpose=_PURPOSE, within=HELD_FOR)
    except BrokenSealError:
        return None
    fields, files = json.loads(content)
    return held.address, SentForm(tuple((name, value) for name, value in fields), tuple(files))


def forget_form(session: Session, token: str, person: Person) -> None:
    """Throw away what a token holds, because its writer has sent it again."""
    mine = HeldForm.token_hash == _hash(token), HeldForm.person_id == person.id
    session.execute(delete(HeldForm).where(*mine))


def discard_old_forms(session: Session) -> int:
    """Throw away what was held more than an hour ago, whoever wrote it, and return how many forms that were."""
    old = delete(HeldForm).where(HeldForm.held_at < clock.now() - HELD_FOR)
    return len(session.execute(old.returning(HeldForm.id)).all())


def _make_room(session: Session, person_id: int) -> None:
    own = (
        select(HeldForm.id).where(HeldForm.person_id == person_id).order_by(HeldForm.held_at.desc(), HeldForm.id.desc())
    )
    too_many = list(session.scalars(own.offset(MOST_OF_A_PERSON - 1)))
    session.execute(delete(HeldForm).where(HeldForm.id.in_(too_many)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
