"""What the import of a plan doubted and what it could not read, each with its line of the document."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.plans.models import ImportDoubt, Plan, PlanSource, UnreadLine


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt with the words of its line."""

    id: int
    ref: str | None
    line: int
    message: str
    source: str
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class Checks:
    """The doubts of an import, open ones first, and its unread lines as number and words."""

    document: str
    doubts: tuple[DoubtRow, ...]
    unread: tuple[tuple[int, str], ...]

    @property
    def open_doubts(self) -> int:
        """How many are not settled."""
        return sum(doubt.settled_on is None for doubt in self.doubts)


def checks_of(session: Session, plan: Plan) -> Checks:
    """Return what an import left to check, in three queries; nothing for a plan that came from no document."""
    source = session.execute(select(PlanSource.name, PlanSource.text).where(PlanSource.plan_id == plan.id)).first()
    lines = source.text.splitlines() if source else []
    doubts = session.scalars(
        select(ImportDoubt)
        .where(ImportDoubt.plan_id == plan.id)
        .order_by(ImportDoubt.settled_on.is_not(None), ImportDoubt.position)
    )
    unread = session.execute(
        select(UnreadLine.line, UnreadLine.text).where(UnreadLine.plan_id == plan.id).order_by(UnreadLine.line)
    )
    return Checks(
        source.name if source else "",
        tuple(
            DoubtRow(one.id, one.ref, one.line, one.message, _line(lines, one.line), one.settled_on) for one in doubts
        ),
        tuple((row.line, row.text) for row in unread),
    )


def doubt_at(session: Session, slug: str, doubt_id: int) -> ImportDoubt | None:
    """Return one doubt of a plan."""
    query = select(ImportDoubt).join(Plan, Plan.id == ImportDoubt.plan_id)
    return session.scalar(query.where(Plan.slug == slug, ImportDoubt.id == doubt_id))


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
