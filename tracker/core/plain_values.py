"""Frozen dataclasses as what JSON can hold, and made again from it; what they mean is their own modules'."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]
_MANY = (tuple, frozenset)


def plain_value(value: Any) -> Any:
    """Return a value of dataclasses, tuples, sets, mappings, enumerations and days as what JSON can hold."""
    if is_dataclass(value):
        return {field.name: plain_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_value(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain_value(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(plain_value(one) for one in value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def value_of(kind: type[T], plain: Any) -> T:
    """Return the value that `plain_value` wrote, as the dataclass that it was; fields that are missing take defaults.

    Raises `ValueError`, `TypeError` or `KeyError` for what such a value never is.
    """
    made: T = _reader(cast("Hashable", kind))(plain)
    return made


@cache
def _reader(kind: Any) -> _Reader:
    """Return what makes a value of a type again."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        inner = _reader(next(part for part in parts if part is not NoneType))
        return lambda plain: None if plain is None else inner(plain)
    if origin in _MANY:
        return _many(origin, parts)
    if origin is not None:
        inner = _reader(parts[1])
        return lambda plain: {key: inner(one) for key, one in plain.items()}
    if is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, date):
        return date.fromisoformat
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _same


def _many(origin: Any, parts: tuple[Any, ...]) -> _Reader:
    if origin is tuple and parts[-1:] != (...,):
        each = [_reader(part) for part in parts]
        return lambda plain: tuple(read(one) for read, one in zip(each, plain, strict=True))
    inner = _reader(parts[0])
    return lambda plain: origin(inner(one) for one in plain)


def _record(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    return lambda plain: kind(**{name: read(plain[name]) for name, read in readers.items() if name in plain})


def _same(plain: Any) -> Any:
    return plain
