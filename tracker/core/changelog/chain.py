"""How entries are sealed and linked: values in, hashes out; no database here (docs/change-log.md has it in words)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.core.changelog.values import canonical

GENESIS = "0" * 64
"""What the first entry names as the seal of the entry before it."""

NO_PAYLOAD = ""
"""The payload hash of an entry that never had a payload; one with a hash and no payload was erased by retention."""

SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything in an entry that its seal covers, exactly as stored."""

    number: int
    at: str
    actor: str
    act: str
    subject_kind: str
    subject_id: str
    fields: str
    payload_hash: str
    previous_hash: str


def seal(key: bytes, entry: Entry) -> str:
    """Return the entry's seal: HMAC-SHA256 in hexadecimal, which only the holder of the key can make."""
    parts: list[str | int] = [
        "tracker-log-entry v1",
        entry.number,
        entry.at,
        entry.actor,
        entry.act,
        entry.subject_kind,
    ]
    parts += [entry.subject_id, entry.fields, entry.payload_hash, entry.previous_hash]
    return keyed(key, parts)


def keyed(key: bytes, parts: list[str | int]) -> str:
    """Return the HMAC-SHA256 of a list in canonical spelling, in hexadecimal."""
    return hmac.new(key, canonical(parts).encode("ascii"), hashlib.sha256).hexdigest()


def payload_hash(salt: str, before: str | None, after: str | None) -> str:
    """Return the salted SHA-256 of what stood before and after; without the salt nobody can guess the words from it."""
    spelled = canonical(["tracker-log-payload v1", salt, before, after])
    return hashlib.sha256(spelled.encode("ascii")).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two hashes in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape"))


def moment(at: datetime) -> str:
    """Spell a moment in UTC to the microsecond, always 27 characters, so that the order of texts is that of time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def checked_key(key: bytes) -> bytes:
    """Give back a key long enough to seal with; a shorter one is refused with a `ValueError`."""
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"The key of the change log needs at least {SHORTEST_KEY} bytes.")
    return key
