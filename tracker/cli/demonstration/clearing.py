"""Takes the demonstration away again, and nothing else: what it counts as one, what it holds, and how it goes."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands import add_default_themes, add_default_tools, add_further_tools
from tracker.audits.models import Audit
from tracker.core.emptying import empty
from tracker.core.files import FileStore
from tracker.core.text import counted, joined
from tracker.people.models import Person
from tracker.people.queries import organisation
from tracker.plans.models import Plan
from tracker.plans.queries.evidence import stored_files


@dataclass(frozen=True)
class Held:
    """What goes when the demonstration is cleared; `added` are people who are none of its own."""

    people: int
    added: int
    plans: int
    audits: int
    files: tuple[str, ...]

    @property
    def words(self) -> str:
        """What goes, as the question names it."""
        counts = ((self.people, "person", "people"), (self.plans, "plan", "plans"), (self.audits, "audit", "audits"))
        named = [counted(count, one, many) for count, one, many in counts]
        return joined([*named, counted(len(self.files), "file of evidence", "files of evidence")])


def held(session: Session) -> Held | None:
    """Return what the demonstration holds, or None when the database is no demonstration."""
    ours = organisation(session)
    if ours is None or not ours.is_demonstration:
        return None
    people = select(func.count(Person.id))
    return Held(
        people=session.scalar(people) or 0,
        added=session.scalar(people.where(Person.is_demonstration.is_(False))) or 0,
        plans=session.scalar(select(func.count(Plan.id))) or 0,
        audits=session.scalar(select(func.count(Audit.id))) or 0,
        files=tuple(sorted(stored_files(session))),
    )


def clear(session: Session, store: FileStore, files: tuple[str, ...]) -> None:
    """Leave the database as `tracker setup` makes it, and the store without the demonstration's files.

    The database is emptied in one transaction and first: broken off after it, only files are left of which nothing
    knows any more.
    """
    connection = session.connection()
    session.expunge_all()
    empty(connection)
    add_default_themes(session)
    add_default_tools(session)
    add_further_tools(session)
    session.commit()
    for name in files:
        store.remove(name)
