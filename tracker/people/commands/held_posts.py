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
from tracker.people.models import HeldPost, Person
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
    session.execute(delete(HeldPost).where(HeldPost.held_at < clock.now() - HELD_FOR))
    if (session.scalar(select(func.count(HeldPost.id)).where(HeldPost.network == network)) or 0) >= MOST_OF_A_NETWORK:
        return None
    _make_room(session, person_id)
    token = secrets.token_urlsafe(32)
    session.add(
        HeldPost(
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
    held = session.scalar(
        select(HeldPost).where(
            HeldPost.token_hash == _hash(token),
            HeldPost.person_id == person.id,
            HeldPost.address == address,
            HeldPost.held_at >= clock.now() - HELD_FOR,
        )
    )
    if held is None:
        return None
    try:
        content = opened(held.sealed, secret=secret, purpose=_PURPOSE, within=HELD_FOR)
    except BrokenSealError:
        return None
    fields, files = json.loads(content)
    return SentForm(tuple((name, value) for name, value in fields), tuple(files))


def forget_form(session: Session, token: str, person: Person) -> None:
    """Throw away what a token holds, because its writer has sent it again."""
    mine = HeldPost.token_hash == _hash(token), HeldPost.person_id == person.id
    session.execute(delete(HeldPost).where(*mine))


def _make_room(session: Session, person_id: int) -> None:
    own = (
        select(HeldPost.id).where(HeldPost.person_id == person_id).order_by(HeldPost.held_at.desc(), HeldPost.id.desc())
    )
    too_many = list(session.scalars(own.offset(MOST_OF_A_PERSON - 1)))
    session.execute(delete(HeldPost).where(HeldPost.id.in_(too_many)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
