"""Reading a file apart while its sender waits: begun here, asked after, its answer taken; what is read is the reader's.

File, answer and progress lie in a folder of their own, made for its owner alone, so that any process of the service can
ask how far the reading is.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.core.uploads.apart import start_apart
from tracker.core.uploads.refusals import NOT_NOW, NOT_READ, TOO_LONG, RefusedFileError

_LONGEST = 60  # seconds that a reading may take; the reader's own limits end it sooner
_AT_ONCE = 4
_PAUSE = 0.05
_STEP = re.compile(rb"([A-Z][A-Za-z ]{2,40}): ([0-9]{1,7}) of ([0-9]{1,7})\n")
_GONE = "The file is no longer kept here. Bring it again"
# What this process has begun, by the folder; another process of the service goes by the time that has passed.
_begun: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Reached:
    """How far a reading is: what it does now, and how much of it is done."""

    words: str
    done: int
    of: int


@dataclass(frozen=True)
class WaitingFile:
    """A file in its folder, with what its reader says of it."""

    folder: Path

    def keep(self, content: bytes) -> None:
        """Write the file, in a folder made for its owner alone."""
        self.folder.mkdir(mode=0o700, parents=True)
        self._asked.write_bytes(content)

    def content(self) -> bytes:
        """Return the file; raises `RefusedFileError` when it is no longer there."""
        try:
            return self._asked.read_bytes()
        except OSError as error:
            raise RefusedFileError(_GONE) from error

    def begin(self, module: str, told: bytes) -> None:
        """Begin to read: the module gets what it is told in one line, and then the file.

        What was answered before is thrown away. Raises `RefusedFileError` when too much is being read just now; then
        the answer that is there stays.
        """
        _forget_ended()
        if len(_begun.keys() - {self.folder}) >= _AT_ONCE:
            raise RefusedFileError(NOT_NOW)
        whole = told + b"\n" + self.content()
        self.stop()
        asked = self.folder / "told"
        # Files of their own, not written over: a reader that another process of the service began may still write.
        for one in (asked, self._answer, self._progress):
            one.unlink(missing_ok=True)
        asked.write_bytes(whole)
        with asked.open("rb") as said, self._answer.open("wb") as answer, self._progress.open("wb") as progress:
            try:
                _begun[self.folder] = start_apart(module, said=said, answer=answer, progress=progress)
            except OSError as error:
                raise RefusedFileError(NOT_NOW) from error

    def answer(self) -> Any | None:
        """Return what the reader answered, or None while it reads.

        Raises `RefusedFileError` with its sentence, or with ours when it died or takes too long.
        """
        is_over = self._is_over()
        found = self._found()
        if found is None and not is_over:
            return None
        if found is None:
            raise RefusedFileError(NOT_READ)
        if "refused" in found:
            raise RefusedFileError(str(found["refused"]))
        return found["read"]

    def wait(self, seconds: float) -> Any | None:
        """Return the answer as soon as it is there, or None when it is not there in time; raises as `answer`."""
        ends = time.monotonic() + seconds
        while (found := self.answer()) is None and time.monotonic() < ends:
            time.sleep(_PAUSE)
        return found

    def reached(self) -> Reached | None:
        """Return how far the reading is, or None before its reader has said anything."""
        try:
            said = _STEP.findall(self._progress.read_bytes())
        except OSError:
            return None
        if not said:
            return None
        words, done, of = said[-1]
        return Reached(words.decode(), int(done), max(int(of), 1))

    def stop(self) -> None:
        """End a reading that goes on in this process, because it is begun anew or no longer wanted."""
        process = _begun.pop(self.folder, None)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()

    def remove(self) -> None:
        """Throw the file away with all that was said of it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _found(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self._answer.read_bytes())
        except FileNotFoundError as error:
            raise RefusedFileError(_GONE) from error
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and {"read", "refused"} & found.keys() else None

    def _is_over(self) -> bool:
        """Say whether the reader has ended, which is asked before its answer is; raises when it takes too long."""
        process = _begun.get(self.folder)
        if process is not None and process.poll() is not None:
            del _begun[self.folder]
            return True
        if self._age() > _LONGEST and self._found() is None:
            self.stop()
            raise RefusedFileError(TOO_LONG)
        return False

    def _age(self) -> float:
        try:
            return time.time() - (self.folder / "told").stat().st_mtime
        except OSError:
            return 0

    @property
    def _asked(self) -> Path:
        return self.folder / "file"

    @property
    def _answer(self) -> Path:
        return self.folder / "answer"

    @property
    def _progress(self) -> Path:
        return self.folder / "progress"


def remove_forgotten(folder: Path, known: Collection[str], *, older_than: float) -> None:
    """Throw away the files in a folder that nobody knows any more, older than so many seconds."""
    if not folder.is_dir():
        return
    for one in folder.iterdir():
        if one.name not in known and time.time() - one.stat().st_mtime > older_than:
            WaitingFile(one).remove()


def tell(words: str, done: int, of: int) -> None:
    """Say, from within a reader, how far it is."""
    sys.stderr.write(f"{words}: {done} of {of}\n")
    sys.stderr.flush()


def _forget_ended() -> None:
    for folder in [folder for folder, process in _begun.items() if process.poll() is not None]:
        del _begun[folder]
