"""Older office files and Outlook messages, small file systems of their own: what they are and hide; no words."""

from io import BytesIO

import olefile

from tracker.core.uploads.kinds import Kind
from tracker.core.uploads.refusals import DAMAGED, MACROS, OLDER, PROTECTED, RefusedFileError

COMPOUND = olefile.MAGIC
_MESSAGE = "__properties_version1.0"
_ATTACHED = "__substg1.0_37010102"
_MACRO_NAMES = ("vba", "_vba_project", "_vba_project_cur", "macros")
_OLDER_NAMES = ("worddocument", "workbook", "book", "powerpoint document")
_LARGEST_TREE = 5000


def kind_of_compound(data: bytes) -> Kind | None:
    """Return `Kind.OUTLOOK` for a message of Outlook, or None; what is protected, older or with macros is refused."""
    names = check_compound(data)
    if any(name[0] in _OLDER_NAMES for name in names):
        raise RefusedFileError(OLDER)
    return Kind.OUTLOOK if [_MESSAGE] in names else None


def check_compound(data: bytes) -> list[list[str]]:
    """Return the paths of all streams in small letters; raises `RefusedFileError` for macros and protected content."""
    names = [[step.lower() for step in path] for path in _opened(data).listdir()]
    if len(names) > _LARGEST_TREE:
        raise RefusedFileError(DAMAGED)
    if any(path[-1] in {"encryptedpackage", "encryptioninfo"} for path in names):
        raise RefusedFileError(PROTECTED)
    if any(step in _MACRO_NAMES for path in names for step in path):
        raise RefusedFileError(MACROS)
    return names


def attachments_of(data: bytes) -> list[bytes]:
    """Return the files that an Outlook message carries."""
    message = _opened(data)
    try:
        return [message.openstream(path).read() for path in message.listdir() if path[-1].lower() == _ATTACHED]
    except (OSError, ValueError, IndexError) as error:
        raise RefusedFileError(DAMAGED) from error


def _opened(data: bytes) -> olefile.OleFileIO:
    """Open the file system within; a broken one is refused, whatever the reader makes of it."""
    try:
        return olefile.OleFileIO(BytesIO(data))
    except (OSError, ValueError, IndexError, TypeError, MemoryError, RecursionError) as error:
        raise RefusedFileError(DAMAGED) from error
