"""Who is acting now, as the plain text that the change log keeps; what a person may do is decided elsewhere."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = "nobody"

_SHAPE = re.compile(r"nobody|person:[1-9][0-9]{0,18}|command:[a-z][a-z0-9-]{0,39}")
_actor: ContextVar[str] = ContextVar("actor", default=NOBODY)


def checked_actor(actor: str) -> str:
    """Give back an actor of a known shape: `nobody`, `person:12` or `command:import-plan`; anything else is refused.

    A name or an address cannot slip into the log this way, where it could never be erased.
    """
    if not _SHAPE.fullmatch(actor):
        raise ValueError("The change log knows actors as nobody, person:NUMBER or command:NAME.")
    return actor


def current_actor() -> str:
    """Return who acts in this request or command."""
    return _actor.get()


def act_as(actor: str) -> None:
    """Name who acts from here on; a server's thread serves many people, so each request says it anew."""
    _actor.set(checked_actor(actor))


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """Name who acts within the block, which should hold the flush or the commit too."""
    token = _actor.set(checked_actor(actor))
    try:
        yield
    finally:
        _actor.reset(token)
