"""The name under which a file may be kept in a record and sent back; the name on the disk is the store's own."""

import re
import unicodedata

_LONGEST = 120
_NOT_IN_NAMES = re.compile(r'[<>:"|?*%;]')


def safe_name(typed: str) -> str:
    """Return a file's name without folders, invisible or turning characters, at most 120 characters with its end.

    What would show another end than the name has (U+202E and its like) is gone before anything judges the end.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", typed))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    plain = " ".join(_NOT_IN_NAMES.sub("_", shown).split()).rstrip(". ")
    stem, dot, end = plain.rpartition(".")
    if not dot:
        return plain[:_LONGEST] or "file"
    end = end[:10]
    return f"{stem.strip('. ')[: _LONGEST - len(end) - 1] or 'file'}.{end}"
