"""Seals bytes so that only this service can read them, and opens them again; what is sealed is the callers' concern."""

from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.core import clock


class BrokenSealError(Exception):
    """What was sealed cannot be opened: another secret or purpose, it was altered, or its time is over."""


def sealed(content: bytes, *, secret: str, purpose: str) -> bytes:
    """Encrypt and sign content with a key of its own for each purpose, derived from the service's secret."""
    return _box(secret, purpose).encrypt_at_time(content, _now())


def opened(box: bytes, *, secret: str, purpose: str, within: timedelta) -> bytes:
    """Return what was sealed for this purpose no longer ago than `within`; raises `BrokenSealError`."""
    try:
        return _box(secret, purpose).decrypt_at_time(box, int(within.total_seconds()), _now())
    except InvalidToken as fault:
        raise BrokenSealError from fault


def _box(secret: str, purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))


def _now() -> int:
    return int(clock.now().timestamp())
