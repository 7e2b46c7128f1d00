"""Making the programme of a year, and saying how much of each mechanism is planned, how often and by whom."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import AuditProgramme, Mechanism
from tracker.audits.rules.programme import (
    DEFAULT_MECHANISMS,
    EARLIEST_YEAR,
    LATEST_YEAR,
    MOST_A_YEAR,
    Cadence,
    RecordKind,
    countable,
    year_words,
)
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person

NAME_LENGTH = 120
_MOST_MECHANISMS = 40


@dataclass(frozen=True)
class MechanismPlan:
    """What is planned of a mechanism in a year; who answers for it may be open."""

    name: str
    kind: RecordKind
    cadence: Cadence
    target: int = 0
    owner: Person | None = None
    # What of its kind it counts alone; without it, all that no other mechanism counts.
    counts: str | None = None


def make_programme(session: Session, *, year: int, by: Person) -> AuditProgramme:
    """Make the programme of a year with what the year before planned, or with the twelve of domain B2.

    Raises `Invalid` on a year that nobody plans, and `Conflict` when the year has its programme.
    """
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Invalid("year", f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    if session.scalar(select(AuditProgramme.id).where(AuditProgramme.year == year)):
        raise Conflict("year", f"There is a programme for {year_words(year)} already")
    made = AuditProgramme(year=year, created_by=by.id, changed_by=by.id)
    session.add(made)
    session.flush()
    for plan in _of_the_year_before(session, year) or _by_default():
        _add(session, made, plan, by)
    return made


def add_mechanism(session: Session, programme: AuditProgramme, plan: MechanismPlan, *, by: Person) -> Mechanism:
    """Add a mechanism of the council's own to a programme, after the others; raises `Invalid` or `Conflict`."""
    plan = _checked(session, programme.id, plan)
    count = len(list(session.scalars(select(Mechanism.id).where(Mechanism.programme_id == programme.id))))
    if count >= _MOST_MECHANISMS:
        raise Conflict(None, f"A programme has at most {_MOST_MECHANISMS} mechanisms")
    return _add(session, programme, plan, by)


def change_mechanism(
    session: Session, mechanism: Mechanism, plan: MechanismPlan, *, version: int, by: Person
) -> Mechanism:
    """Change what is planned of a mechanism; what it makes stays, since rounds hang on it.

    Raises `Conflict` when it was changed since, and `Invalid` or `Conflict` beside the field that is wrong.
    """
    if mechanism.version != version:
        raise Conflict(None, "Somebody else changed this while you were writing. What is stored now is shown")
    plan = _checked(session, mechanism.programme_id, plan, besides=mechanism.id)
    mechanism.name, mechanism.cadence, mechanism.target = plan.name, plan.cadence, plan.target
    mechanism.counts = plan.counts
    mechanism.owner_id, mechanism.changed_by = plan.owner.id if plan.owner else None, by.id
    session.flush()
    return mechanism


def _of_the_year_before(session: Session, year: int) -> list[MechanismPlan]:
    query = select(Mechanism).join(Mechanism.programme).where(AuditProgramme.year == year - 1)
    before = session.scalars(query.order_by(Mechanism.position)).all()
    owners = {one.owner_id or 0: session.get(Person, one.owner_id) for one in before if one.owner_id}
    return [
        MechanismPlan(one.name, one.kind, one.cadence, one.target, owners.get(one.owner_id or 0), one.counts)
        for one in before
    ]


def _by_default() -> list[MechanismPlan]:
    return [MechanismPlan(one.name, one.kind, one.cadence, counts=one.counts) for one in DEFAULT_MECHANISMS]


def _add(session: Session, programme: AuditProgramme, plan: MechanismPlan, by: Person) -> Mechanism:
    last = select(Mechanism.position).where(Mechanism.programme_id == programme.id)
    made = Mechanism(
        programme_id=programme.id,
        position=max(session.scalars(last), default=0) + 1,
        name=plan.name,
        kind=plan.kind,
        cadence=plan.cadence,
        target=plan.target,
        counts=plan.counts,
        owner_id=plan.owner.id if plan.owner and plan.owner.is_active else None,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(made)
    session.flush()
    return made


def _checked(session: Session, programme_id: int, plan: MechanismPlan, *, besides: int = 0) -> MechanismPlan:
    name = one_line(plan.name)
    if not name or len(name) > NAME_LENGTH:
        raise Invalid("name", f"Enter a name of 1 to {NAME_LENGTH} characters")
    same = Mechanism.programme_id == programme_id, Mechanism.name == name, Mechanism.id != besides
    if session.scalar(select(Mechanism.id).where(*same)):
        raise Conflict("name", "There is a mechanism of this name already")
    if not 0 <= plan.target <= MOST_A_YEAR:
        raise Invalid("target", f"Enter a whole number from 0 to {MOST_A_YEAR:,}")
    if plan.counts and plan.counts not in countable(plan.kind):
        raise Invalid("counts", f"Choose something that counts as {plan.kind.words.lower()}")
    other = Mechanism.programme_id == programme_id, Mechanism.counts == plan.counts, Mechanism.id != besides
    if plan.counts and (known := session.scalar(select(Mechanism.name).where(*other).limit(1))):
        raise Conflict("counts", f"“{known}” counts these already")
    return replace(plan, name=name)
