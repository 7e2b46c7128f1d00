"""Reading what makes an auditor independent of a file, and how the files of a sample would be shared out."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, AuditRound, DeclaredConflict, SampleFile
from tracker.audits.queries.rounds import auditors
from tracker.audits.queries.samples import files_without_auditor
from tracker.audits.rules.independence import Auditor, FileToGive, NotIndependent, share_out, why_not_independent
from tracker.audits.rules.vocabulary import OPEN_STATES
from tracker.people.models import Person, Unit
from tracker.people.rules import UnitKind

# Whoever works for the council as a whole is in nobody's line; whoever works in a service or locality is.
_LINE = frozenset({UnitKind.SERVICE, UnitKind.LOCALITY, UnitKind.TEAM})


@dataclass(frozen=True)
class Independence:
    """Whose line each unit is in, and which pairs of auditor and case were declared to be no match."""

    lines: dict[int, frozenset[int]]
    conflicts: frozenset[tuple[int, int]]

    def file(self, case_id: int, unit_id: int) -> FileToGive:
        """Return a file as the rule takes it."""
        return FileToGive(case_id, unit_id, self.lines.get(unit_id, frozenset()))

    def why_not(self, auditor: Person, case_id: int, unit_id: int) -> NotIndependent | None:
        """Return why somebody may not be given a file, or None."""
        return why_not_independent(Auditor(auditor.id, auditor.unit_id), self.file(case_id, unit_id), self.conflicts)


@dataclass(frozen=True)
class ProposedFile:
    """A file of a sample with the auditor that it would go to; None where nobody is independent of it."""

    file: SampleFile
    auditor: Person | None


def independence(session: Session) -> Independence:
    """Return what the service knows of independence, with two queries."""
    units = {row.id: row for row in session.execute(select(Unit.id, Unit.parent_id, Unit.kind))}
    lines = {}
    for unit_id, unit in units.items():
        above, held = set(), unit.parent_id
        while held in units and held not in above:
            above.add(held)
            held = units[held].parent_id
        lines[unit_id] = frozenset(one for one in above if units[one].kind in _LINE)
    return Independence(lines, open_conflicts(session))


def open_conflicts(session: Session) -> frozenset[tuple[int, int]]:
    """Return who declared that they cannot judge which case, and stands by it; one query."""
    query = select(DeclaredConflict.auditor_id, DeclaredConflict.case_id).where(DeclaredConflict.ended_on.is_(None))
    return frozenset((row.auditor_id, row.case_id) for row in session.execute(query))


def proposal(session: Session, audit_round: AuditRound, auditor_ids: Collection[int]) -> list[ProposedFile]:
    """Return to whom each file of a sample that waits would go, by the round's seed, among the auditors named.

    It is the same until something is given out, somebody else sits in a team, or a conflict is declared.
    """
    facts, files = independence(session), files_without_auditor(session, audit_round)
    people = {one.id: one for one in auditors(session) if one.id in auditor_ids}
    loads = _loads(session)
    seats = [Auditor(one.id, one.unit_id, loads.get(one.id, 0)) for one in people.values()]
    given = share_out(
        [facts.file(one.case_id, one.case.unit_id) for one in files],
        seats,
        conflicts=facts.conflicts,
        seed=audit_round.seed or 0,
    )
    return [ProposedFile(one, people.get(given[one.case_id] or 0)) for one in files]


def declared_conflicts(session: Session, *, limit: int = 100, offset: int = 0) -> list[DeclaredConflict]:
    """Return the conflicts that hold, latest first, with auditor and case."""
    query = select(DeclaredConflict).where(DeclaredConflict.ended_on.is_(None)).order_by(DeclaredConflict.id.desc())
    loaded = query.options(joinedload(DeclaredConflict.auditor), joinedload(DeclaredConflict.case))
    return list(session.scalars(loaded.limit(limit).offset(offset)))


def conflict_count(session: Session) -> int:
    """Return how many declared conflicts hold."""
    return session.scalar(select(func.count(DeclaredConflict.id)).where(DeclaredConflict.ended_on.is_(None))) or 0


def declared_conflict(session: Session, conflict_id: int) -> DeclaredConflict | None:
    """Return a declared conflict."""
    return session.get(DeclaredConflict, conflict_id)


def _loads(session: Session) -> dict[int, int]:
    """Return how many open audits everybody has."""
    query = select(Audit.auditor_id, func.count(Audit.id).label("files")).where(Audit.state.in_(OPEN_STATES))
    return {row.auditor_id: row.files for row in session.execute(query.group_by(Audit.auditor_id))}
