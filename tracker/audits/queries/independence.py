"""Reading what makes an auditor independent of a file, and how the files of a sample would be shared out."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, union_all
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
    """Whose line each unit is in, which auditors declared that they are no match for a case, and who worked on it."""

    lines: dict[int, frozenset[int]]
    conflicts: frozenset[tuple[int, int]]
    workers: dict[int, frozenset[int]]

    def file(self, case_id: int, unit_id: int) -> FileToGive:
        """Return a file as the rule takes it."""
        workers = self.workers.get(case_id, frozenset())
        return FileToGive(case_id, unit_id, self.lines.get(unit_id, frozenset()), workers)

    def why_not(self, auditor: Person, case_id: int, unit_id: int) -> NotIndependent | None:
        """Return why somebody may not be given a file, or None."""
        return why_not_independent(Auditor(auditor.id, auditor.unit_id), self.file(case_id, unit_id), self.conflicts)


@dataclass(frozen=True)
class ProposedFile:
    """A file of a sample with the auditor that it would go to; None where nobody is independent of it."""

    file: SampleFile
    auditor: Person | None


def independence(session: Session, case_ids: Collection[int]) -> Independence:
    """Return what the service knows of the independence of auditors from some cases, with two queries."""
    units = {row.id: row for row in session.execute(select(Unit.id, Unit.parent_id, Unit.kind))}
    lines = {}
    for unit_id, unit in units.items():
        above, held = set(), unit.parent_id
        while held in units and held not in above:
            above.add(held)
            held = units[held].parent_id
        lines[unit_id] = frozenset(one for one in above if units[one].kind in _LINE)
    return Independence(lines, *_ties(session, case_ids))


def _ties(session: Session, case_ids: Collection[int]) -> tuple[frozenset[tuple[int, int]], dict[int, frozenset[int]]]:
    """Return who declared a conflict about which case, and by case who an audit of it named as its worker; one query.

    A void audit counts as well: whoever was named in it is no more independent for its being set aside.
    """
    declared = select(DeclaredConflict.auditor_id, DeclaredConflict.case_id, literal(0)).where(
        DeclaredConflict.ended_on.is_(None), DeclaredConflict.case_id.in_(case_ids)
    )
    named = select(Audit.worker_id, Audit.case_id, literal(1)).where(
        Audit.worker_id.is_not(None), Audit.case_id.in_(case_ids)
    )
    conflicts: set[tuple[int, int]] = set()
    workers: defaultdict[int, set[int]] = defaultdict(set)
    rows: list[Any] = list(session.execute(union_all(declared, named)))
    for row in rows:
        person_id, case_id = int(row[0]), int(row[1])
        if row[2]:
            workers[case_id].add(person_id)
        else:
            conflicts.add((person_id, case_id))
    return frozenset(conflicts), {case_id: frozenset(people) for case_id, people in workers.items()}


def open_conflicts(session: Session) -> frozenset[tuple[int, int]]:
    """Return who declared that they cannot judge which case, and stands by it; one query."""
    query = select(DeclaredConflict.auditor_id, DeclaredConflict.case_id).where(DeclaredConflict.ended_on.is_(None))
    return frozenset((row.auditor_id, row.case_id) for row in session.execute(query))


def proposal(session: Session, audit_round: AuditRound, auditor_ids: Collection[int]) -> list[ProposedFile]:
    """Return to whom each file of a sample that waits would go, by the round's seed, among the auditors named.

    It is the same until something is given out, somebody else sits in a team, a conflict is declared or a worker named.
    """
    files = files_without_auditor(session, audit_round)
    facts = independence(session, [one.case_id for one in files])
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
