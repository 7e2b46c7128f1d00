"""The kinds of files that may arrive, by the ends of their names; what is in them is told elsewhere."""

from collections.abc import Collection
from enum import StrEnum

from tracker.core.text import joined


class Kind(StrEnum):
    """A kind of file, by the usual end of its name."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"
    EMAIL = "eml"
    OUTLOOK = "msg"

    @property
    def media_type(self) -> str:
        """The type under which a file of this kind is sent."""
        return _MEDIA_TYPES[self]

    @property
    def words(self) -> str:
        """The kind as people name it: PDF, Word, Excel, image, e-mail."""
        return _WORDS[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.WORD: f"{_OFFICE}.wordprocessingml.document",
    Kind.EXCEL: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.EMAIL: "message/rfc822",
    Kind.OUTLOOK: "application/vnd.ms-outlook",
}
_WORDS = {
    Kind.PDF: "PDF",
    Kind.WORD: "Word",
    Kind.EXCEL: "Excel",
    Kind.PNG: "image",
    Kind.JPEG: "image",
    Kind.GIF: "image",
    Kind.WEBP: "image",
    Kind.EMAIL: "e-mail",
    Kind.OUTLOOK: "e-mail",
}
_OTHER_ENDS = {"jpeg": Kind.JPEG, "jpe": Kind.JPEG}
OLDER_OFFICE = frozenset({"doc", "dot", "xls", "xlt"})
WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam"})

EVIDENCE = frozenset(Kind)
WORKBOOK = frozenset({Kind.EXCEL})


def end_of(name: str) -> str:
    """Return what stands after the last full stop of a file's name, in small letters; nothing when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_by_name(name: str) -> Kind | None:
    """Return the kind that a file's name says, or None."""
    end = end_of(name)
    return Kind(end) if end in set(Kind) else _OTHER_ENDS.get(end)


def kinds_in_words(kinds: Collection[Kind]) -> str:
    """Return the kinds as a sentence lists them: "PDF, Word, Excel, image or e-mail"."""
    words = list(dict.fromkeys(kind.words for kind in Kind if kind in kinds))
    return joined(words).replace(" and ", " or ")
