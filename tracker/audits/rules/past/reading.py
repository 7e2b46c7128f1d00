"""A whole file of past audits, read row by row: what can come in, what is refused, and what is doubtful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.audits.rules.past.mapping import PastMapping
from tracker.audits.rules.past.rows import Doubt, PastAudit, Refused, RowReader

TWICE = "There is an audit with this round, reference and date already"


@dataclass(frozen=True)
class PastReading:
    """What a file holds, in the order of its rows; `questions` are the headings to which `PastAudit.answers` belong."""

    mapping: PastMapping
    questions: tuple[str, ...]
    audits: tuple[PastAudit, ...]
    refused: tuple[Refused, ...]
    doubts: tuple[Doubt, ...]

    @property
    def rows(self) -> int:
        """How many rows of data the file has."""
        return len(self.audits) + len(self.refused)


def read_rows(
    mapping: PastMapping, headings: Sequence[str], rows: Iterable[Sequence[str]], *, today: date
) -> PastReading:
    """Return what the rows of a file hold; they are counted from 1, and of two with one identity the first comes in."""
    reader = RowReader(mapping, headings, today=today)
    audits: list[PastAudit] = []
    refused: list[Refused] = []
    known: set[tuple[str, str, date]] = set()
    for number, cells in enumerate(rows, start=1):
        found = reader.read(number, cells)
        if isinstance(found, PastAudit) and found.identity in known:
            found = Refused(number, found.ref, TWICE)
        if isinstance(found, Refused):
            refused.append(found)
        else:
            known.add(found.identity)
            audits.append(found)
    return PastReading(
        mapping,
        tuple(sorted(mapping.questions)),
        tuple(audits),
        tuple(refused),
        (*_missing(mapping, headings), *_of_rows(reader.doubts, refused)),
    )


def _missing(mapping: PastMapping, headings: Sequence[str]) -> list[Doubt]:
    """Return a doubt where columns that the mapping names are not in the file; their headings are the mapper's own."""
    missing = sorted(mapping.headings - set(headings))
    named = ", ".join(f"“{one[:60]}”" for one in missing[:10])
    return [Doubt("no_column", None, f"The file has no column {named}")] if missing else []


def _of_rows(doubts: Sequence[Doubt], refused: Sequence[Refused]) -> list[Doubt]:
    outside = {one.row for one in refused}
    return [one for one in doubts if one.row not in outside]
