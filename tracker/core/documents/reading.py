"""Has a file read in a process of its own, and says in the words of its feature why not; how it is read is beside."""

from tracker.core.documents.word_parts import DAMAGED_WORD
from tracker.core.problems import Invalid
from tracker.core.uploads import Kind, Upload
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.refusals import NOT_READ, TOO_LONG, TOO_MUCH, RefusedFileError

_READERS = {Kind.WORD: "tracker.core.documents.word", Kind.PDF: "tracker.core.documents.pdf"}
_MOST_LETTERS = 2_000_000
_TOO_MUCH = "This file holds far more text than a report. Paste the part that matters"
_DAMAGED = "This file cannot be read. Save it again from its own program, or paste its text"
# A report that cannot be read as a file can still come in as text.
_INSTEAD = {
    NOT_READ: _DAMAGED,
    DAMAGED_WORD: _DAMAGED,
    TOO_LONG: "This file takes too long to read. Paste the part that matters",
    TOO_MUCH: _TOO_MUCH,
}
_NO_TEXT = {
    Kind.PDF: "This PDF holds pictures of pages and no text. Bring the Word file, or paste the text",
    Kind.WORD: "This Word file holds no text",
}


def text_of(upload: Upload, *, field: str = "file") -> str:
    """Return the text of a Word or PDF file, a line for each of its lines or paragraphs (domain A11).

    Lists that the program numbers by itself keep their numbers and bullets. Raises `Invalid` with a sentence.
    """
    try:
        read: str = read_apart(_READERS[upload.kind], upload.data)
    except RefusedFileError as refused:
        raise Invalid(field, _INSTEAD.get(refused.sentence, refused.sentence)) from refused
    # A PDF may hold halves of letters, which no database takes.
    text = read.encode("utf-8", errors="replace").decode("utf-8").replace("\x00", "")
    if not text.strip():
        raise Invalid(field, _NO_TEXT[upload.kind])
    if len(text) > _MOST_LETTERS:
        raise Invalid(field, _TOO_MUCH)
    return text
