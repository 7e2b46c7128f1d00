"""The physical lines of a document, and the pieces of a line on which headings ran together; nothing is understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLEANED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u200b": "", "\ufeff": "", "\u00ad": ""})
_CLEANED.update({number: " " for number in range(32) if chr(number) not in "\t\n"})
_RUN_ON = re.compile(
    r"(?:IMPROVEMENT )?AREAS? FOR IMPROVEMENT (?:[IVXLC]+|[0-9]+)\b"
    r"|(?:OBJECTIVES?|OUTCOMES?|MEASURED BY|MEASURES)\s?:"
)
_BOLD = re.compile(r"\*\*+")


@dataclass(frozen=True)
class Line:
    """One line: `number` counts from 1; no-break spaces, marks without width and control characters are gone."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the line but spaces and bold marks."""
        return not self.text.replace("*", " ").strip()

    @property
    def has_cells(self) -> bool:
        """Whether a tab divides something on the line, as in a table."""
        return "\t" in self.text.strip(" ")


def physical_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a document with any kind of line end."""
    unix = text.replace("\r\n", "\n")
    if "\n" not in unix:
        unix = unix.replace("\r", "\n")
    for number, line in enumerate(unix.split("\n"), start=1):
        yield Line(number, line.translate(_CLEANED))


def pieces(text: str) -> tuple[str, ...]:
    """Return the parts of a line where bold marks, or headings in capitals that ran on, may begin a heading.

    Bold marks go; the spaces between stay, so that pieces which begin no heading can be joined again.
    """
    marked = _RUN_ON.sub(r"**\g<0>", text)
    return tuple(piece for piece in _BOLD.split(marked) if piece)
