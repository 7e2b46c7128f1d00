"""Where past audits belong: their rounds, cases, teams and auditors, found by name or made, and each made told once."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import AuditRound, CaseReference
from tracker.audits.rules.limits import LARGEST_SAMPLE
from tracker.audits.rules.past import Doubt, PastAudit
from tracker.audits.rules.vocabulary import Selection
from tracker.core.text import shortened, slug
from tracker.people.models import Person, Unit
from tracker.people.rules import UnitKind

_Row = TypeVar("_Row")
_NO_UNIT, _NO_AUDITOR = "Team not known", "Auditor not known"
_LONGEST_ROUND = 120


class PastPlaces:
    """Finds and makes what the audits of one file belong to; those that are there already are read once."""

    def __init__(self, session: Session, audits: Iterable[PastAudit], *, by: int) -> None:
        """Take the audits, from which each round has its days and its number of files."""
        self._session, self._by = session, by
        self._days: dict[tuple[str, Selection], list[date]] = {}
        for one in audits:
            self._days.setdefault((one.round.casefold(), one.selection), []).append(one.day)
        self._units = {one.name.casefold(): one for one in session.scalars(select(Unit).order_by(Unit.id.desc()))}
        self._people = {one.name.casefold(): one for one in session.scalars(select(Person).order_by(Person.id.desc()))}
        self._addresses = {one.email: one for one in self._people.values()}
        self._rounds = {one.name.casefold(): one for one in session.scalars(select(AuditRound))}
        self._cases = {
            row.code: (row.id, row.category)
            for row in session.execute(select(CaseReference.id, CaseReference.code, CaseReference.category))
        }
        self._held: dict[tuple[str, Selection], int] = {}
        self.doubts: list[Doubt] = []

    def round_id(self, audit: PastAudit) -> int:
        """Return the round of an audit's name whose files were chosen as this one was; a round has one way only."""
        key = (audit.round.casefold(), audit.selection)
        if key not in self._held:
            self._held[key] = self._round(audit, self._days[key]).id
        return self._held[key]

    def _round(self, audit: PastAudit, days: list[date]) -> AuditRound:
        names = [audit.round, f"{audit.round}, {audit.selection.words.lower()}"]
        for name in names:
            found = self._rounds.get(name.casefold())
            if found and found.selection is audit.selection:
                return found
        if self._usual(audit.round) is not audit.selection:
            # The round's own name goes to how most of its files were chosen.
            del names[0]
        addresses = {one.slug for one in self._rounds.values()} | {"new"}
        names += [f"{names[-1]} {number}" for number in range(2, len(self._rounds) + 4)]
        name = next(one for one in names if one.casefold() not in self._rounds and slug(one) not in addresses)
        made = AuditRound(
            slug=slug(name),
            name=name[:_LONGEST_ROUND],
            starts_on=min(days),
            due_on=max(days),
            selection=audit.selection,
            sample_target=min(len(days), LARGEST_SAMPLE),
            created_by=self._by,
            changed_by=self._by,
        )
        self._rounds[name.casefold()] = self._kept(made)
        return made

    def _usual(self, name: str) -> Selection:
        """Return how most files of a round were chosen."""
        ways = [way for held, way in self._days if held == name.casefold()]
        return max(ways, key=lambda way: len(self._days[name.casefold(), way]))

    def case_id(self, audit: PastAudit) -> int:
        """Return the case of an audit; one that is there stays as it is, whatever the file says of it."""
        known = self._cases.get(audit.case)
        if known is None:
            unit = self._unit(audit)
            case = CaseReference(
                code=audit.case,
                category=audit.category,
                unit_id=unit.id,
                created_by=self._by,
                changed_by=self._by,
            )
            known = self._cases[audit.case] = (self._kept(case).id, audit.category)
        elif known[1] is not audit.category:
            words = "The case is known under another category, which is kept"
            self.doubts.append(Doubt("other_category", audit.row, words))
        return known[0]

    def _unit(self, audit: PastAudit) -> Unit:
        name = audit.unit or _NO_UNIT
        found = self._units.get(name.casefold())
        if found is None:
            self._tell("unknown_unit", audit.row, "The team" if audit.unit else "A team for audits that name none")
            unit = Unit(name=name, kind=UnitKind.TEAM, created_by=self._by, changed_by=self._by)
            found = self._units[name.casefold()] = self._kept(unit)
        return found

    def auditor_id(self, audit: PastAudit) -> int:
        """Return the auditor, by name or address; whoever is made can never sign in and holds no role."""
        name = audit.auditor or _NO_AUDITOR
        found = self._people.get(name.casefold()) or self._addresses.get(name.casefold())
        if found is None:
            words = "The auditor" if audit.auditor else "An auditor for audits that name none"
            self._tell("unknown_auditor", audit.row, words)
            found = self._people[name.casefold()] = self._kept(self._person(name))
        return found.id

    def _person(self, name: str) -> Person:
        stem = slug(shortened(name, 40))
        addresses = (f"{stem}-{number}@past-audits.invalid" for number in range(1, len(self._people) + 2))
        taken = {one.email for one in self._people.values()}
        address = next(one for one in addresses if one not in taken)
        return Person(email=address, name=name, is_active=False, created_by=self._by, changed_by=self._by)

    def _tell(self, code: str, row: int, what: str) -> None:
        self.doubts.append(Doubt(code, row, f"{what} was not known here and was added"))

    def _kept(self, made: _Row) -> _Row:
        self._session.add(made)
        self._session.flush()
        return made
