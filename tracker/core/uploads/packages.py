"""What a Word or Excel file holds: which of the two it is, and nothing that runs or fetches; its text is not read."""

from collections.abc import Iterator, Mapping
from itertools import chain

from tracker.core.uploads.archives import BEGINS, parts_of, unpacked
from tracker.core.uploads.budget import Budget
from tracker.core.uploads.compound import COMPOUND, check_compound
from tracker.core.uploads.kinds import Kind
from tracker.core.uploads.markup import Seen, looks_like_markup, read_markup
from tracker.core.uploads.refusals import FETCHES, MACROS, PROGRAM, RefusedFileError

_TYPES = "[Content_Types].xml"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.EXCEL,
}
_MACRO_NAMES = ("vbaproject", "vbadata", "xl/macrosheets/", "/activex/", "customui/")
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex")
_FETCHED = ("/attachedtemplate", "/oleobject", "/frame", "/subdocument", "/package")
_ON_THE_WEB = ("http:", "https:", "ftp:", "mhtml:")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


def kind_of_package(data: bytes, budget: Budget) -> Kind | None:
    """Return the kind of an office file, or None when it is another archive; every part of it is read to its end.

    Raises `RefusedFileError` for macros, parts that lie about their size, document types and what is fetched.
    """
    found: list[Kind] = []

    def note(name: str, attributes: Mapping[str, str]) -> None:
        said = attributes.get("ContentType", "").lower() if name in {"Default", "Override"} else ""
        if any(word in said for word in _MACRO_TYPES):
            raise RefusedFileError(MACROS)
        if said in _MAIN:
            found.append(_MAIN[said])

    for part in parts_of(data, budget):
        _check_part(part.orig_filename, unpacked(data, part, budget), note, budget)
    return found[0] if len(found) == 1 else None


def check_hidden(data: bytes, budget: Budget) -> None:
    """Check a file that came within another one: whatever it is, it may not run, hide or unpack to too much."""
    budget.go_deeper()
    if data.startswith(BEGINS):
        kind_of_package(data, budget)
    elif data.startswith(COMPOUND):
        check_compound(data)
    elif data.startswith(_PROGRAMS):
        raise RefusedFileError(PROGRAM)
    budget.come_back()


def _check_part(name: str, pieces: Iterator[bytes], note: Seen, budget: Budget) -> None:
    """Read one part to its end, as what it is: the list of types, links between parts, other XML, or anything else."""
    if any(word in f"/{name.lower()}" for word in _MACRO_NAMES):
        raise RefusedFileError(MACROS)
    beginning = next(pieces, b"")
    whole = chain((beginning,), pieces)
    if name == _TYPES:
        read_markup(whole, note)
    elif name.lower().endswith(".rels"):
        read_markup(whole, _refuse_fetching)
    elif looks_like_markup(name, beginning):
        read_markup(whole)
    else:
        _check_inner(beginning, whole, budget)


def _check_inner(beginning: bytes, whole: Iterator[bytes], budget: Budget) -> None:
    """Check a part that is no markup: a file within the file is looked into, anything else is only counted."""
    if beginning.startswith((BEGINS, COMPOUND, *_PROGRAMS)):
        check_hidden(b"".join(whole), budget)
    else:
        for _ in whole:
            pass


def _refuse_fetching(name: str, attributes: Mapping[str, str]) -> None:
    if name != "Relationship" or attributes.get("TargetMode", "").lower() != "external":
        return
    target = attributes.get("Target", "").strip().lower()
    if attributes.get("Type", "").lower().endswith(_FETCHED) and target.startswith(_ON_THE_WEB):
        raise RefusedFileError(FETCHES)
