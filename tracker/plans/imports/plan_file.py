"""From a file that arrives, or a pasted text, to the plan in it, in five forms; storing it is elsewhere."""

from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from tracker.core.problems import Invalid
from tracker.core.uploads import Kind, Upload, checked_upload
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.kinds import OLDER_OFFICE, WITH_MACROS, end_of, kind_by_name
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.rules.reading import (
    NO_ACTIONS,
    PlanReading,
    RagKey,
    ReadingProblem,
    StatusColumn,
    decode_document,
    put_together,
    rag_key_from,
    read_document,
)
from tracker.plans.rules.tables import (
    Document,
    Mapping,
    Progress,
    document_from,
    mapping_from,
    no_progress,
    scan_tables,
)
from tracker.plans.rules.tables.delimited import read_delimited, read_pasted

_READERS = {Kind.WORD: "tracker.plans.imports.word_file", Kind.EXCEL: "tracker.plans.imports.excel_file"}
PLAN_FILES = frozenset(_READERS)
DELIMITED = frozenset({"csv", "tsv"})


@dataclass(frozen=True)
class PlanFile:
    """A file or a pasted text with what helps to read it, each as a person gave it.

    `columns` says what columns hold, `key` what the words of a column of colours mean; both as JSON or as lines like
    "What = action". `scanner` is the path of the council's virus scanner.
    """

    raw: bytes
    name: str
    columns: str = ""
    key: str = ""
    scanner: str | None = None


class KeyNeeded(Invalid):
    """A plan has columns of colours or states with words that no key explains: it cannot come in without one."""

    def __init__(self, columns: tuple[StatusColumn, ...]) -> None:
        """Take the columns with the words in question."""
        super().__init__("rag_key", key_sentence(columns))
        self.words = tuple(dict.fromkeys(word for column in columns for word, _ in column.words))


@dataclass(frozen=True)
class FileReading:
    """What a file says of a plan, and the file as text with one line for each line that the reading names."""

    reading: PlanReading
    text: str


def read_plan_file(file: PlanFile, *, approved_on: date | None, progress: Progress = no_progress) -> FileReading:
    """Return the plan in a file, whichever of the five forms it comes in.

    Raises `Invalid` with a sentence beside the field it is about: `file`, `columns`, or `rag_key` when a column of
    colours has words that no key explains.
    """
    mapping, key = _help(file)
    try:
        found = _read(file, mapping, key, approved_on, progress)
    except ReadingProblem as problem:
        raise Invalid("file", str(problem)) from None
    if not any(area.actions for area in found.reading.areas):
        raise Invalid("file", NO_ACTIONS)
    if found.reading.unkeyed:
        raise KeyNeeded(found.reading.unkeyed)
    return found


def key_sentence(columns: tuple[StatusColumn, ...]) -> str:
    """Return the question that columns of colours without a key put, with the words found in them."""
    first = columns[0].words[0][0]
    named = "; ".join(column.in_words() for column in columns)
    return (
        f"Say what the words in the column {named} mean, for example {first} = G. The codes are R off track, "
        "A at risk, G on track, C complete, N nothing declared"
    )


def _read(file: PlanFile, mapping: Mapping, key: RagKey, approved_on: date | None, progress: Progress) -> FileReading:
    document = _document(file, mapping)
    if isinstance(document, str):
        return FileReading(read_document(file.raw, approved_on=approved_on, key=key), document)
    found = put_together(scan_tables(document, mapping, progress), approved_on=approved_on, key=key)
    return FileReading(with_places(found, document), document.as_text())


def _document(file: PlanFile, mapping: Mapping) -> Document | str:
    """Return the tables of a file, or its text when it has none whose cells are known."""
    end = end_of(file.name)
    if kind_by_name(file.name) in PLAN_FILES or end in OLDER_OFFICE | WITH_MACROS:
        return _opened(checked_upload(BytesIO(file.raw), file.name, PLAN_FILES, scanner=file.scanner))
    text = decode_document(file.raw)
    found = read_delimited(text, mapping) if end in DELIMITED else read_pasted(text, mapping)
    return found or text


def _opened(upload: Upload) -> Document:
    """Have a Word or Excel file read apart: no file that arrives is ever opened in this process."""
    try:
        return document_from(read_apart(_READERS[upload.kind], upload.data))
    except RefusedFileError as refused:
        raise Invalid("file", refused.sentence) from refused


def with_places(reading: PlanReading, document: Document) -> PlanReading:
    """Return a reading whose doubts and unread lines say where in the document a person finds them."""
    places = ("", *document.places())
    return replace(
        reading,
        warnings=tuple(replace(one, place=places[one.line]) for one in reading.warnings),
        unread=tuple(replace(one, place=places[one.line]) for one in reading.unread),
    )


def _help(file: PlanFile) -> tuple[Mapping, RagKey]:
    """Return what was said of the columns and of the words of colours."""
    field = "columns"
    try:
        mapping = mapping_from(file.columns)
        field = "rag_key"
        return mapping, rag_key_from(file.key)
    except ReadingProblem as problem:
        raise Invalid(field, str(problem)) from None
