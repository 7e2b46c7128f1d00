"""What the invented council keeps and lets go: a hold, a run of retention that waits, and who read what."""

from collections.abc import Iterator
from functools import partial

from tracker.audits.commands.holds import set_hold
from tracker.audits.commands.retention import ask_run
from tracker.audits.queries import case_by_code
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.people.policy import Permission
from tracker.people.rules import AUDIT_YEARS

_ADMIN = "admin@demo.example"
_ASKED = "-1d"


def privacy(council: Council) -> Iterator[Entry]:
    """Give each hold and each reading of a file on its day, and the day on which the administrator asked for a run."""
    for row in table("holds"):
        yield Entry(council.offsets.day(row["day"]), council.moderator, partial(_hold, council, row))
    for row in table("readings"):
        person = council.people[row["person"]]
        yield Entry(council.offsets.day(row["day"]), person, partial(_read, council, row))
    yield Entry(council.offsets.day(_ASKED), council.people[_ADMIN], partial(_ask, council))


def _hold(council: Council, row: Row) -> None:
    case = case_by_code(council.session, row["case"])
    if case is None:
        raise LookupError(f"There is no case {row['case']!r} to hold.")
    set_hold(council.session, case=case, why=row["why"], by=council.moderator)


def _read(council: Council, row: Row) -> None:
    """Write down what opening a page does, or being refused it."""
    detail = {"permission": Permission.AUDIT_READ.value} if row["act"] == "refused" else None
    record_event(council.session, row["act"], subject=council.audits[row["audit"]], detail=detail)


def _ask(council: Council) -> None:
    ask_run(council.session, as_at=clock.today(), years=AUDIT_YEARS, by=council.people[_ADMIN])
