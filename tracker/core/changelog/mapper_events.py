"""Notes each insert, update and delete of a logged class as the mapper makes it; writing the notes is the writer's."""

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE
from sqlalchemy.orm.exc import StaleDataError

from tracker.core import clock
from tracker.core.changelog.actors import current_actor
from tracker.core.changelog.pending import Change, Subject, pending_on
from tracker.core.changelog.values import plain
from tracker.core.changelog.watched import identity_text, object_state, watched_of

_Values = dict[str, Any]


def after_insert(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Note a new row, whole."""
    watched = watched_of(mapper)
    if watched.logged:
        # Most fields that were not given are NULL; asking the database for them would double the cost of a new row.
        state = object_state(target)
        empty = dict.fromkeys(watched.undefaulted - set(state.dict) - state.expired_attributes)
        given = tuple(field for field in watched.fields if field not in empty)
        row = empty | _values(mapper, connection, target, given)
        _note(mapper, connection, target, "insert", watched.fields, after=row)


def before_update(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Keep what stood in the fields that are about to change.

    This late the mapper has settled foreign keys and orphans. A value that was never loaded is read from the row, which
    is still the old one.
    """
    watched = watched_of(mapper)
    befores = pending_on(connection).befores
    state = object_state(target)
    befores.pop(state, None)
    if not watched.logged:
        return
    # Only what was set since the row was read can differ; a history of every field would be most of this work.
    touched = (field for field in watched.fields if field in state.committed_state)
    histories = {field: get_history(target, field, PASSIVE_NO_INITIALIZE) for field in touched}
    changing = {field for field, history in histories.items() if history.has_changes()}
    if not changing:
        return
    known = {field: was for field in changing for was in histories[field].deleted or ()}
    known |= {field: state.dict[field] for field in watched.refreshed - changing if field in state.dict}
    unknown = tuple(sorted((changing | watched.refreshed) - set(known)))
    befores[state] = known | _stored(mapper, connection, target, unknown)


def after_update(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Note the fields that now differ; an update that changed nothing leaves no entry."""
    before = pending_on(connection).befores.pop(object_state(target), None)
    if before is None:
        return
    after = _values(mapper, connection, target, tuple(sorted(before)))
    changed = tuple(field for field in sorted(before) if plain(before[field]) != plain(after[field]))
    if changed:
        _note(mapper, connection, target, "update", changed, before=before, after=after)


def before_delete(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Note a row that goes, whole, while it can still be read."""
    watched = watched_of(mapper)
    if watched.logged:
        row = _values(mapper, connection, target, watched.fields)
        _note(mapper, connection, target, "delete", watched.fields, before=row)


def _note(
    mapper: Mapper[Any],
    connection: Connection,
    target: object,
    act: str,
    fields: tuple[str, ...],
    *,
    before: _Values | None = None,
    after: _Values | None = None,
) -> None:
    watched = watched_of(mapper)
    kept = [field for field in fields if field not in watched.secret]
    change = Change(
        at=clock.now(),
        actor=current_actor(),
        act=act,
        subject=Subject(watched.kind, identity_text(mapper, target)),
        fields=fields,
        before=None if before is None else {field: plain(before[field]) for field in kept},
        after=None if after is None else {field: plain(after[field]) for field in kept},
    )
    pending_on(connection).changes.append(change)


def _values(mapper: Mapper[Any], connection: Connection, target: object, fields: tuple[str, ...]) -> _Values:
    """Return the fields as they stand, reading from the row what the object does not hold."""
    held = object_state(target).dict
    known = {field: held[field] for field in fields if field in held}
    return known | _stored(mapper, connection, target, tuple(field for field in fields if field not in known))


def _stored(mapper: Mapper[Any], connection: Connection, target: object, fields: tuple[str, ...]) -> _Values:
    if not fields:
        return {}
    key = object_state(target).key
    identity = key[1] if key is not None else mapper.primary_key_from_instance(target)
    matches = (column == part for column, part in zip(mapper.primary_key, identity, strict=True))
    row = connection.execute(select(*(mapper.columns[field] for field in fields)).where(*matches)).one_or_none()
    if row is None:
        raise StaleDataError(f"The row of {mapper.class_.__name__} is gone: somebody else deleted it.")
    return dict(zip(fields, row, strict=True))
