"""What the invented council keeps and lets go: a legal hold, and a run of retention that waits to be approved."""

from collections.abc import Iterator
from functools import partial

from tracker.audits.commands.holds import set_hold
from tracker.audits.commands.retention import ask_run
from tracker.audits.queries import case_by_code
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.people.rules import AUDIT_YEARS

_ADMIN = "admin@demo.example"
_ASKED = "-1d"


def privacy(council: Council) -> Iterator[Entry]:
    """Give each hold on the day it was set, and the day on which the administrator asked for a run."""
    for row in table("holds"):
        yield Entry(council.offsets.day(row["day"]), council.moderator, partial(_hold, council, row))
    yield Entry(council.offsets.day(_ASKED), council.people[_ADMIN], partial(_ask, council))


def _hold(council: Council, row: Row) -> None:
    case = case_by_code(council.session, row["case"])
    if case is None:
        raise LookupError(f"There is no case {row['case']!r} to hold.")
    set_hold(council.session, case=case, why=row["why"], by=council.moderator)


def _ask(council: Council) -> None:
    ask_run(council.session, as_at=clock.today(), years=AUDIT_YEARS, by=council.people[_ADMIN])
