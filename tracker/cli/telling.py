"""How commands that work on files tell an operator how far they are and what failed; what they do is theirs."""

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click
from sqlalchemy.exc import DBAPIError

from tracker.core.backup import BackupError


@contextmanager
def meter(label: str, length: int) -> Iterator[Callable[[int], object]]:
    """Show a bar to whoever watches, and nothing to a timer; call what is given with each step done."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


@contextmanager
def one_sentence(what: str) -> Iterator[None]:
    """Say a failure of the block in one sentence, with exit status 1; what was half done is removed by the block."""
    try:
        yield
    except BackupError as refusal:
        raise click.ClickException(str(refusal)) from None
    except OSError as error:
        raise click.ClickException(f"{what} failed: {error.strerror or error}.") from None
    except (sqlite3.Error, DBAPIError) as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()
        raise click.ClickException(f"{what} failed: {said[0] if said else type(error).__name__}.") from None


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Let the signal by which systemd and cron stop a program end the block like any failure, so that it tidies up."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(128 + number)
