"""How a column's value is written in the change log: plain JSON in one canonical spelling; nothing is read back."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

_SPELLING = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
# Most values, told apart at once; an enum is of none of these types, though it may inherit from one.
_PLAIN_ALREADY = frozenset({type(None), bool, int, str, float})


def canonical(value: Any) -> str:
    """Spell a plain value as JSON in the one way that is hashed: sorted keys, no spaces, ASCII only."""
    return _SPELLING.encode(value)


def plain(value: Any) -> Any:
    """Turn a column's value into what JSON can hold; a kind not known here raises `TypeError` rather than mislead."""
    return value if type(value) in _PLAIN_ALREADY else _spelled(value)


def _spelled(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int | str | float):
        return value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=canonical)
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value / timedelta(seconds=1)} s"
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"The change log has no spelling for a value of type {type(value).__name__}.")
