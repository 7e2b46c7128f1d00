"""Plans that are coming in and that came in, and the mappings that were kept; what becomes of them is the commands'."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.models import KeptMapping, Plan, PlanImport, UnfinishedImport


@dataclass(frozen=True)
class ImportMade:
    """A plan that came in; `by` is empty for a command, `undone_by` for one that stands. Both are names of people."""

    record: PlanImport
    by: str
    undone_by: str


def own_import(session: Session, public_id: str, person: Person) -> UnfinishedImport | None:
    """Return a person's own import by its address; anybody else's is not there for them."""
    query = select(UnfinishedImport).where(UnfinishedImport.public_id == public_id)
    return session.scalar(query.where(UnfinishedImport.person_id == person.id))


def unfinished_imports(session: Session, person: Person) -> list[UnfinishedImport]:
    """Return what a person has begun to bring in and not finished, the newest first."""
    query = select(UnfinishedImport).where(UnfinishedImport.person_id == person.id, UnfinishedImport.plan_slug == "")
    return list(session.scalars(query.order_by(UnfinishedImport.kept_at.desc(), UnfinishedImport.id.desc())))


def known_imports(session: Session) -> frozenset[str]:
    """Return the folders of all documents that are still kept."""
    return frozenset(session.scalars(select(UnfinishedImport.public_id)))


def number_of_imports(session: Session) -> int:
    """Return how many plans came in, those taken back included."""
    return session.scalar(select(func.count(PlanImport.id))) or 0


def imports_made(session: Session, rows: slice) -> list[ImportMade]:
    """Return the plans that came in, the newest first, those taken back included."""
    query = select(PlanImport).order_by(PlanImport.imported_at.desc(), PlanImport.id.desc())
    found = list(session.scalars(query.offset(rows.start).limit(rows.stop - rows.start)))
    ids = {number for one in found for number in (one.created_by, one.undone_by) if number}
    names = {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
    return [ImportMade(one, names.get(one.created_by, ""), names.get(one.undone_by or 0, "")) for one in found]


def import_at(session: Session, import_id: int) -> PlanImport | None:
    """Return one plan that came in."""
    return session.get(PlanImport, import_id)


def import_of_plan(session: Session, plan: Plan) -> PlanImport | None:
    """Return how a plan came in, or None for one that came in before this was recorded."""
    return session.scalar(select(PlanImport).where(PlanImport.plan_number == plan.id, PlanImport.undone_at.is_(None)))


def imported_before(session: Session, sha256: str) -> str | None:
    """Return the address part of the plan that came from this very document, None when none did."""
    return session.scalar(select(Plan.slug).where(Plan.source_sha256 == sha256))


def kept_mapping(session: Session, name: str) -> KeptMapping | None:
    """Return the mapping that was kept under a name."""
    return session.scalar(select(KeptMapping).where(KeptMapping.name == " ".join(name.split())))


def mappings_for(session: Session, signatures: Iterable[str]) -> list[KeptMapping]:
    """Return the mappings kept for the same headings, the newest first."""
    query = select(KeptMapping).where(KeptMapping.headings.in_(list(signatures)), KeptMapping.headings != "")
    return list(session.scalars(query.order_by(KeptMapping.changed_at.desc(), KeptMapping.id)))
