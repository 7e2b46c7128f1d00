"""The one file of a backup: a ZIP written and read part by part, by exact name, hashed on the way."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tracker.core.backup.manifest import Manifest, Part, read_sealed, sealed_text
from tracker.core.backup.refusals import BackupError

MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 256 << 20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)
_CUT = "The backup is cut short or damaged, or is no backup at all; nothing was touched."

Heard = Callable[[int], object]


@dataclass
class ArchiveWriter:
    """Takes the parts of a backup one after the other, and the manifest last."""

    archive: zipfile.ZipFile
    parts: list[Part] = field(default_factory=list)

    def add_file(self, name: str, source: Path, heard: Heard = lambda _bytes: None) -> None:
        """Add a file; `heard` is told how many bytes each step took."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with source.open("rb") as opened, self.archive.open(info, "w", force_zip64=True) as inside:
            while chunk := opened.read(_CHUNK):
                inside.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                heard(len(chunk))
        self.parts.append(Part(name, size, digest.hexdigest()))

    def add_bytes(self, name: str, data: bytes) -> None:
        """Add what is in memory already, such as a kept document, as it is."""
        with self.archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as inside:
            inside.write(data)
        self.parts.append(Part(name, len(data), hashlib.sha256(data).hexdigest()))

    def finish(self, manifest: Manifest, key: bytes) -> None:
        """Seal the list of what was added; nothing may follow it."""
        self.archive.writestr(zipfile.ZipInfo(MANIFEST), sealed_text(manifest, key))


@contextmanager
def writing(file: Path) -> Iterator[ArchiveWriter]:
    """Write a new archive that only its owner may read from its first byte, and wait until it is on the disk."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as opened:
        with zipfile.ZipFile(opened, "w") as archive:
            yield ArchiveWriter(archive)
        opened.flush()
        os.fsync(opened.fileno())


@dataclass(frozen=True)
class Backup:
    """A backup opened for reading, its list of contents already proved."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def extract(self, name: str, target: Path, heard: Heard = lambda _bytes: None) -> None:
        """Write one part to a new file that only its owner may read; raises `BackupError` unless it has its hash."""
        part = self.manifest.part(name)
        digest, size = hashlib.sha256(), 0
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            for chunk in self._chunks(part):
                opened.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                heard(len(chunk))
            opened.flush()
            os.fsync(descriptor)
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BackupError(f"The backup was altered or is damaged: its part {name} is not what was put in.")

    def _chunks(self, part: Part) -> Iterator[bytes]:
        try:
            with self.archive.open(part.name) as inside:
                left = part.size + 1
                while left > 0 and (chunk := inside.read(min(_CHUNK, left))):
                    left -= len(chunk)
                    yield chunk
        except _UNREADABLE:
            raise BackupError(f"The backup was altered or is damaged: its part {part.name} cannot be read.") from None


@contextmanager
def reading(file: Path, key: bytes) -> Iterator[Backup]:
    """Open a backup; raises `BackupError` when it is cut, altered or another installation's, with no part read."""
    try:
        opened = file.open("rb")
    except OSError as error:
        raise BackupError(f"The backup cannot be read: {error.strerror}.") from None
    with opened:
        try:
            archive = zipfile.ZipFile(opened)
            text = _text_of_manifest(archive)
        except (*_UNREADABLE, OSError):
            raise BackupError(_CUT) from None
        with archive:
            manifest = read_sealed(text, key)
            names = sorted(archive.namelist())
            if names != sorted([MANIFEST, *(part.name for part in manifest.parts)]):
                raise BackupError("The backup was altered: it does not hold exactly what its list of contents says.")
            yield Backup(archive, manifest)


def _text_of_manifest(archive: zipfile.ZipFile) -> str:
    with archive.open(MANIFEST) as inside:
        data = inside.read(_LONGEST_MANIFEST + 1)
    if len(data) > _LONGEST_MANIFEST:
        raise ValueError
    return data.decode("ascii")
