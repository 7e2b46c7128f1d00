"""Reading a file that arrived in a process of its own, limited in memory and time; what is read is that module's."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from tracker.core.uploads.budget import MEGABYTE
from tracker.core.uploads.refusals import NOT_NOW, NOT_READ, TOO_LONG, TOO_MUCH, RefusedFileError

_ROOT = Path(__file__).resolve().parents[3]
_MEMORY = 512 * MEGABYTE
_CPU_SECONDS = 20
_SECONDS = 30
_LARGEST_ANSWER = 32 * MEGABYTE
# So that many people who add files at once cannot take all the memory of the machine.
_AT_ONCE = BoundedSemaphore(4)


def read_apart(module: str, data: bytes, *, seconds: float = _SECONDS) -> Any:
    """Hand a file to a module of ours that runs apart and return what it answers; see `answer_apart`.

    Raises `RefusedFileError` with the module's own sentence, or with ours when it dies or does not end in time. It is
    given no settings and no keys: a reader that a file takes over finds none in its surroundings (security, 7).
    """
    with tempfile.TemporaryFile() as told, _AT_ONCE:
        _run([sys.executable, "-B", "-s", "-m", module], data, told, seconds)
        told.seek(0)
        answer = _understood(told.read(_LARGEST_ANSWER))
    if "refused" in answer:
        raise RefusedFileError(str(answer["refused"]))
    return answer["read"]


def start_apart(module: str, *, said: IO[bytes], answer: IO[bytes], progress: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a module of ours apart, as `read_apart` does, and go on without waiting for it; raises `OSError`."""
    words = [sys.executable, "-B", "-s", "-m", module]
    return subprocess.Popen(words, stdin=said, stdout=answer, stderr=progress, cwd=_ROOT, env={})


def answer_apart(read: Callable[[bytes], Any]) -> None:
    """Be that process: take limits on, read the file from standard input and answer with what JSON can hold."""
    _limit()
    try:
        answer = json.dumps({"read": read(sys.stdin.buffer.read())})
    except RefusedFileError as refused:
        answer = json.dumps({"refused": refused.sentence})
    except MemoryError:
        answer = json.dumps({"refused": TOO_MUCH})
    if len(answer) >= _LARGEST_ANSWER:
        answer = json.dumps({"refused": TOO_MUCH})
    sys.stdout.write(answer)


def _run(words: list[str], data: bytes, told: IO[bytes], seconds: float) -> None:
    try:
        ended = subprocess.run(
            words, input=data, stdout=told, stderr=subprocess.DEVNULL, cwd=_ROOT, env={}, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFileError(TOO_LONG) from error
    except OSError as error:
        raise RefusedFileError(NOT_NOW) from error
    if ended.returncode != 0:
        raise RefusedFileError(NOT_READ)


def _understood(answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise RefusedFileError(NOT_READ) from error
    if not isinstance(found, dict) or not {"read", "refused"} & found.keys():
        raise RefusedFileError(NOT_READ)
    return found


def _limit() -> None:
    """Take limits on that cannot be taken off again: memory, seconds of work, what is written, further processes."""
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_ANSWER),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(what)[1]
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (least, least))
