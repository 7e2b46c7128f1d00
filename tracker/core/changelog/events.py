"""Entries for what changes no record and must be known all the same: sign-ins, refusals, exports, opened cases."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session, scoped_session

from tracker.core import clock
from tracker.core.changelog.actors import checked_actor, current_actor
from tracker.core.changelog.pending import Change, Subject, pending_on
from tracker.core.changelog.values import plain
from tracker.core.changelog.watched import subject_of

_ACT = re.compile(r"[a-z][a-z_]{0,39}")
_OF_THE_LISTENER = frozenset({"insert", "update", "delete"})


def record_event(
    session: Session | scoped_session[Any],
    act: str,
    *,
    subject: object = None,
    actor: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note an event such as `signed_in`, `refused`, `exported` or `opened`; it is written when the session commits.

    The subject is a record, a `Subject`, or a row of another kind, which is named by its class and `id`. Where the
    entry must exist before something is shown, commit first and show then. A refusal whose own transaction is rolled
    back is recorded after the rollback. The detail is kept beside the chain, where retention can erase it; subject and
    actor are kept for good, so they are plain ids. Raises `ValueError` for an act or an actor of another shape.
    """
    if not _ACT.fullmatch(act) or act in _OF_THE_LISTENER:
        raise ValueError(
            "An event is named by a lower-case word with underscores that is not insert, update or delete."
        )
    change = Change(
        at=clock.now(),
        actor=current_actor() if actor is None else checked_actor(actor),
        act=act,
        subject=_named(subject),
        after=None if detail is None else plain(detail),
    )
    pending_on(session.connection()).changes.append(change)


def _named(subject: object) -> Subject:
    if subject is None:
        return Subject("", "")
    if isinstance(subject, Subject):
        return subject
    if inspect(subject, raiseerr=False) is not None:
        return subject_of(subject)
    return Subject(type(subject).__name__, str(getattr(subject, "id", "")))
