"""The one door for files that arrive: size, name, content and scanner, each with its sentence; nothing is kept here."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from tracker.core.problems import Invalid
from tracker.core.uploads import refusals
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.budget import MEGABYTE
from tracker.core.uploads.kinds import EVIDENCE, OLDER_OFFICE, WITH_MACROS, Kind, end_of, kind_by_name, kinds_in_words
from tracker.core.uploads.names import safe_name
from tracker.core.uploads.refusals import RefusedFileError
from tracker.core.uploads.scanning import refuse_unless_clean

LARGEST = 20 * MEGABYTE
_CHUNK = 64 * 1024


class Stream(Protocol):
    """What a file comes from: anything that gives so many bytes at a time."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


@dataclass(frozen=True)
class Upload:
    """A file that passed every check: safe to keep, and to hand to a reader of its kind. Size in bytes."""

    name: str
    kind: Kind
    size: int
    sha256: str
    data: bytes = field(repr=False)


def checked_upload(
    stream: Stream,
    filename: str,
    kinds: Collection[Kind] = EVIDENCE,
    *,
    field: str = "file",
    scanner: str | None = None,
) -> Upload:
    """Read a file that arrived and return it when it may be taken (ux 13.2, ASVS 5.2).

    Raises `Invalid` beside `field` with a sentence. At most 20 MB are ever in memory, and what is packed in them is
    looked into apart (`apart`). `scanner` is the path of the council's virus scanner. This takes a moment, up to a
    minute with a slow scanner: not while the right to write is held.
    """
    name = safe_name(filename)
    try:
        expected = _expected(name, kinds)
        data = _read(stream)
        _check_content(data, expected)
        refuse_unless_clean(data, scanner)
    except RefusedFileError as refused:
        raise Invalid(field, refused.sentence) from refused
    return Upload(name, expected, len(data), hashlib.sha256(data).hexdigest(), data)


def _expected(name: str, kinds: Collection[Kind]) -> Kind:
    """Return the kind that the name says, when it is one of those asked for."""
    kind, end = kind_by_name(name), end_of(name)
    if kind is not None and kind in kinds:
        return kind
    if end in WITH_MACROS:
        raise RefusedFileError(refusals.MACROS)
    if end in OLDER_OFFICE:
        raise RefusedFileError(refusals.OLDER)
    words = kinds_in_words(kinds)
    raise RefusedFileError(f"The file must be {'an' if words[0] in 'Ei' else 'a'} {words} file")


def _check_content(data: bytes, expected: Kind) -> None:
    if read_apart("tracker.core.uploads", data) != expected:
        raise RefusedFileError(refusals.OTHER_CONTENT)


def _read(stream: Stream) -> bytes:
    """Read no more than may be taken, whatever was said of the size before."""
    found = bytearray()
    while piece := stream.read(_CHUNK):
        found += piece
        if len(found) >= LARGEST:
            raise RefusedFileError(refusals.TOO_LARGE)
    if not found:
        raise RefusedFileError(refusals.EMPTY)
    return bytes(found)
