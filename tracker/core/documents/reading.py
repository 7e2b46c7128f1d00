"""Has a file read in a process of its own, with limits of time and memory; how it is read is told beside."""

import subprocess
import sys

from tracker.core.problems import Invalid
from tracker.core.uploads import Kind, Upload

_SECONDS = 90
_MOST_LETTERS = 2_000_000
_FAILED = "This file cannot be read. Save it again from its own program, or paste its text"
_TOO_LONG = "This file takes too long to read. Paste the part that matters"
_TOO_MUCH = "This file holds far more text than a report. Paste the part that matters"
_NO_TEXT = {
    Kind.PDF: "This PDF holds pictures of pages and no text. Bring the Word file, or paste the text",
    Kind.WORD: "This Word file holds no text",
}


def text_of(upload: Upload, *, field: str = "file") -> str:
    """Return the text of a Word or PDF file, a line for each of its lines or paragraphs (domain A11).

    Lists that the program numbers by itself keep their numbers and bullets. Raises `Invalid` with a sentence.
    """
    command = [sys.executable, "-m", "tracker.core.documents.child", upload.kind.value]
    try:
        read = subprocess.run(command, input=upload.data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Invalid(field, _TOO_LONG) from error
    if read.returncode != 0:
        raise Invalid(field, _FAILED)
    text = read.stdout.decode("utf-8", errors="replace").replace("\x00", "")
    if not text.strip():
        raise Invalid(field, _NO_TEXT[upload.kind])
    if len(text) > _MOST_LETTERS:
        raise Invalid(field, _TOO_MUCH)
    return text
