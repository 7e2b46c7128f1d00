"""Keeping a file under a random name, giving it back only as it was, and forgetting it when its record is not saved."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.core.disk import settle
from tracker.core.uploads import LARGEST, Kind, Upload

_PENDING = "files_to_be_saved"


class AlteredFileError(Exception):
    """A kept file is gone or no longer what was kept: it was changed outside the service."""


@dataclass(frozen=True)
class StoredFile:
    """What a record says of a kept file. Size in bytes; `stored_as` is its name in the store."""

    name: str
    kind: Kind
    size: int
    sha256: str
    stored_as: str


@dataclass(frozen=True)
class FileStore:
    """A folder or a bucket that holds files under random names."""

    system: Any
    root: str

    def keep(self, session: Session, upload: Upload) -> StoredFile:
        """Write a file before its record is saved; when the session is rolled back, the file goes again."""
        name = secrets.token_hex(20)
        stored_as = f"{name[:2]}/{name}"
        # Only a transaction that has begun tells of its end.
        session.connection()
        session.info.setdefault(_PENDING, []).append((self, stored_as))
        self._write(stored_as, upload.data)
        return StoredFile(upload.name, upload.kind, upload.size, upload.sha256, stored_as)

    def read(self, stored_as: str, sha256: str) -> bytes:
        """Return a kept file whole; raises `AlteredFileError` unless it is there and has the hash of its record."""
        try:
            with self.system.open(self._path(stored_as), "rb") as opened:
                data: bytes = opened.read(LARGEST + 1)
        except FileNotFoundError as error:
            raise AlteredFileError from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AlteredFileError
        return data

    def remove(self, stored_as: str) -> None:
        """Take a file away for good; one that is gone already is no fault."""
        try:
            self.system.rm_file(self._path(stored_as))
        except FileNotFoundError:
            return

    def names(self) -> set[str]:
        """Return the names of all files in the store."""
        self.system.invalidate_cache()
        if not self.system.exists(self.root):
            return set()
        return {path.removeprefix(self.root).lstrip("/") for path in self.system.find(self.root)}

    def _path(self, stored_as: str) -> str:
        return f"{self.root}/{stored_as}"

    def _write(self, stored_as: str, data: bytes) -> None:
        """Write, and with a folder wait until it is on the disk: the record must never be there without its file."""
        path = self._path(stored_as)
        if not isinstance(self.system, LocalFileSystem):
            self.system.pipe_file(path, data)
            return
        folder = Path(path).parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(descriptor)
        for changed in (folder, folder.parent):
            settle(changed)


def open_store(url: str, folder: Path) -> FileStore:
    """Open the store at an address such as `s3://bucket/files`, or the folder, made for its owner alone, without one.

    Keys and endpoint of S3 come from the usual AWS variables. Raises `ImportError` when s3fs is not installed.
    """
    if url:
        system, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        return FileStore(system, str(root).rstrip("/"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileStore(fsspec.filesystem("file"), str(folder.resolve()))


@event.listens_for(Session, "after_commit")
def _saved(session: Session) -> None:
    session.info.pop(_PENDING, None)


@event.listens_for(Session, "after_rollback")
def _not_saved(session: Session) -> None:
    """Take away what was written for records that were not saved; what cannot be taken away is told as surplus."""
    for store, stored_as in session.info.pop(_PENDING, ()):
        try:
            store.remove(stored_as)
        except OSError:
            continue
