"""What the log watches of each mapped class, and what it could not see; reading values and writing entries is not here.

A class says `__logged__ = False` to be left out; `__secret__` names fields whose change is logged without the values;
`__unlogged__` names fields that are not logged at all. The marks of parent classes count too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Table, inspect
from sqlalchemy.orm import InstanceState, Mapper

from tracker.core.changelog.pending import Subject


@dataclass(frozen=True, slots=True)
class Watched:
    """The fields of one class that the log knows.

    `refreshed` are those that an update changes by itself, `undefaulted` those that are NULL in a new row unless given.
    """

    logged: bool
    kind: str
    fields: tuple[str, ...]
    secret: frozenset[str]
    refreshed: frozenset[str]
    undefaulted: frozenset[str]


@cache
def watched_of(mapper: Mapper[Any]) -> Watched:
    """Work out once for each class what is logged of it; the version that guards against double saving is not."""
    left_out = _marked(mapper, "__unlogged__")
    columns = {
        prop.key: prop.columns[0]
        for prop in mapper.column_attrs
        if isinstance(prop.columns[0], Column) and prop.key not in left_out
        if prop.columns[0] is not mapper.version_id_col
    }
    return Watched(
        logged=getattr(mapper.class_, "__logged__", True),
        kind=_table(mapper).name,
        fields=tuple(sorted(columns)),
        secret=_marked(mapper, "__secret__"),
        refreshed=frozenset(key for key, column in columns.items() if column.onupdate or column.server_onupdate),
        undefaulted=frozenset(
            key for key, column in columns.items() if column.default is None and column.server_default is None
        ),
    )


def object_state(instance: object) -> InstanceState[Any]:
    """Return what the mapper knows of a record, without loading anything; raises when it is not a mapped object."""
    state = inspect(instance)
    assert isinstance(state, InstanceState)
    return state


def identity_text(mapper: Mapper[Any], instance: object) -> str:
    """Return the record's key as text, the parts of a longer one joined by a slash."""
    key = object_state(instance).key
    return "/".join(str(part) for part in (key[1] if key else mapper.primary_key_from_instance(instance)))


def subject_of(instance: object) -> Subject:
    """Name a stored record as the log does, for `record_event`."""
    mapper = object_state(instance).mapper
    return Subject(watched_of(mapper).kind, identity_text(mapper, instance))


def unloggable(mapper: Mapper[Any]) -> list[str]:
    """Say in sentences by which ways rows of a logged class would change where the log cannot see it."""
    return list(_blind_spots(mapper)) if getattr(mapper.class_, "__logged__", True) else []


def _blind_spots(mapper: Mapper[Any]) -> Iterator[str]:
    name = mapper.class_.__name__
    for relation in mapper.relationships:
        if relation.secondary is not None and not relation.viewonly:
            yield f"{name}.{relation.key} writes a table without a class; make the link a class of its own."
        if relation.post_update or relation.passive_deletes:
            yield f"{name}.{relation.key} changes rows outside the log; leave out post_update and passive_deletes."
    for constraint in _table(mapper).foreign_key_constraints:
        if (constraint.ondelete or "RESTRICT").upper() not in {"RESTRICT", "NO ACTION"}:
            yield f"{name} has a foreign key with ON DELETE {constraint.ondelete}; delete by the relationship instead."


def _marked(mapper: Mapper[Any], mark: str) -> frozenset[str]:
    return frozenset[str]().union(*(vars(parent).get(mark, ()) for parent in mapper.class_.__mro__))


def _table(mapper: Mapper[Any]) -> Table:
    table = mapper.local_table
    if not isinstance(table, Table):
        raise TypeError(f"{mapper.class_.__name__} is not mapped to a table, so the change log cannot name it.")
    return table
