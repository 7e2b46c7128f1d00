"""From the bytes of a file to a reading, or one sentence on why not; what the text says is read elsewhere."""

from datetime import date

from tracker.plans.rules.reading.plan import read_plan
from tracker.plans.rules.reading.problems import ReadingProblem
from tracker.plans.rules.reading.results import PlanReading
from tracker.plans.rules.reading.status import NO_KEY, RagKey

LARGEST_FILE = 20 * 1024 * 1024
MOST_LINES = 20_000
_MARKS = (
    (b"%PDF", "This looks like a PDF. Bring the Word file, or save the plan as plain text"),
    (b"PK\x03\x04", "This looks like a Word, Excel or zip file. Give its name the end .docx or .xlsx if it is one"),
    (b"\xd0\xcf\x11\xe0", "This looks like an old Word or Excel file. Save it as .docx or .xlsx, and bring that"),
    (b"{\\rtf", "This looks like a rich text file. Save the plan as a Word file (.docx), and bring that"),
)
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_NO_TEXT = "This file is not plain text. Save the plan as plain text in UTF-8"
_TOO_LONG = f"The file has more than {MOST_LINES:,} lines, which no plan has. Save the plan alone as plain text"
NO_ACTIONS = (
    "We could not find any actions in this file. It needs a table with columns for action and date. "
    "If its headings have other words, say which column is which"
)


def read_document(raw: bytes, *, approved_on: date | None, key: RagKey = NO_KEY) -> PlanReading:
    """Return the reading of the bytes of a plain text.

    Raises:
        ReadingProblem: if the file is no text, too large or empty, or holds no action.
    """
    reading = read_plan(decode_document(raw), approved_on=approved_on, key=key)
    if not any(area.actions for area in reading.areas):
        raise ReadingProblem(NO_ACTIONS)
    return reading


def decode_document(raw: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 by its mark, UTF-8 without one, else Windows Western if plausible.

    Raises:
        ReadingProblem: if it is empty, over 20 MB, over 20,000 lines, or no text.
    """
    if len(raw) > LARGEST_FILE:
        raise ReadingProblem("The file must be smaller than 20 MB")
    for mark, sentence in _MARKS:
        if raw.startswith(mark):
            raise ReadingProblem(sentence)
    text = _decoded(raw).removeprefix("\ufeff")
    if not text.strip():
        raise ReadingProblem("The file is empty")
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise ReadingProblem(_TOO_LONG)
    return text


def _decoded(raw: bytes) -> str:
    wide = _WIDE.get(raw[:2])
    if wide is None and b"\x00" in raw:
        raise ReadingProblem(_NO_TEXT)
    for encoding in (wide,) if wide else ("utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text
    raise ReadingProblem(_NO_TEXT)


def _is_plausible(text: str) -> bool:
    """Say whether a text has next to no control characters and is mostly letters, spaces and common marks."""
    control = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\x0b\x0c")
    plain = sum(1 for letter in text if letter.isascii() or letter.isspace() or letter in "‘’“”–—•…£€§°·½▪●\ufeff")
    return control * 1000 <= len(text) and plain * 2 >= len(text)
