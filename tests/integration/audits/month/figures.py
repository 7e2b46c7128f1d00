"""The figures of the month worked out again: raw rows read with plain SQL, counted with plain Python."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
FINAL = {"final", "closed"}
_AUDITS = text(
    "SELECT audit.id, unit.name AS team, audit_round.slug AS round, audit.state, audit.grade,"
    " audit.re_audit_of_id AS repeats FROM audit"
    " JOIN case_reference ON case_reference.id = audit.case_id JOIN unit ON unit.id = case_reference.unit_id"
    " JOIN audit_round ON audit_round.id = audit.round_id ORDER BY audit.id"
)
_SECTIONS = text(
    "SELECT audit_section.audit_id, audit_section.number, audit_section.grade, theme.code AS theme"
    " FROM audit_section JOIN audit ON audit.id = audit_section.audit_id"
    " JOIN tool_section ON tool_section.tool_id = audit.tool_id AND tool_section.number = audit_section.number"
    " LEFT JOIN theme ON theme.id = tool_section.theme_id"
)
_SECOND = text(
    "SELECT moderation.audit_id, moderated_section.number, before, own, agreed, by_panel FROM moderated_section"
    " JOIN moderation ON moderation.id = moderated_section.moderation_id ORDER BY moderation.id"
)


@dataclass(frozen=True)
class Raw:
    """Every audit, every grade of a section, and every second grade, as the database holds them."""

    audits: list[Any]
    sections: list[Any]
    second: dict[tuple[int, int], Any]

    @property
    def in_round(self) -> list[Any]:
        """The final audits of the round, without re-audits."""
        return [one for one in self.audits if one.round == "november-2026" and one.state in FINAL]

    def counted(self, audit_id: int, number: int, given: str) -> str:
        """Return the grade that counts: the panel's, else the agreed one, else the auditor's."""
        second = self.second.get((audit_id, number))
        return (second.by_panel or second.agreed or given) if second else given

    def overall(self) -> Counter[str]:
        """Count the overall grades of the round as they count."""
        return Counter(self.counted(one.id, 9, one.grade) for one in self.in_round)

    def concerns(self, theme: str) -> int:
        """Count the audits of the round in which the section on a theme requires improvement or is inadequate."""
        ids = {one.id for one in self.in_round}
        graded = [one for one in self.sections if one.theme == theme and one.audit_id in ids]
        return sum(self.counted(one.audit_id, one.number, one.grade) in GRADES[2:] for one in graded)

    def kappa(self) -> float:
        """Return linear-weighted kappa of auditors' overall grades and moderators' blind ones, by its formula."""
        pairs = [(GRADES.index(one.before), GRADES.index(one.own)) for key, one in self.second.items() if key[1] == 9]
        n, ranks = len(pairs), range(len(GRADES))
        first, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
        seen = sum(abs(a - b) for a, b in pairs) / n
        by_chance = sum(abs(a - b) * first[a] * other[b] for a in ranks for b in ranks) / n**2
        return 1 - seen / by_chance


def raw_rows(session: Session) -> Raw:
    """Read the rows."""
    session.rollback()
    second = {(one.audit_id, one.number): one for one in session.execute(_SECOND)}
    return Raw(list(session.execute(_AUDITS)), list(session.execute(_SECTIONS)), second)


def figures_of(client: CheckedClient, address: str) -> dict[tuple[str, str, str], str]:
    """Return the figures of a report's CSV file, by table, line and column."""
    client.get(address)
    assert client.answer is not None
    assert client.answer.status_code == 200
    rows = csv.reader(StringIO(client.answer.data.decode("utf-8-sig")))
    return {(row[0], row[1], row[2]): row[3] for row in rows}
