"""What auditors of the invented council gave others to put right, and how far that came."""

from collections.abc import Iterator
from functools import partial

from tracker.audits import commands
from tracker.audits.rules.remedials import Priority, Step
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table


def remedial_steps(council: Council) -> Iterator[Entry]:
    """Give each step on its day, by whoever took it."""
    for row in table("remedial_steps"):
        yield Entry(council.offsets.day(row["day"]), council.people[row["by"]], partial(_take, council, row))


def give_remedials(council: Council, audit: str) -> None:
    """Give what an audit found to be put right, as its auditor does before sending it."""
    for row in (row for row in table("remedials") if row["audit"] == audit):
        subject = council.audits[audit]
        council.remedials[row["remedial"]] = commands.add_remedial(
            council.session,
            subject,
            text=row["text"],
            owner=council.people[row["owner"]],
            priority=Priority(row["priority"]),
            names_confirmed=True,
            by=subject.auditor,
        )


def _take(council: Council, row: Row) -> None:
    remedial, by = council.remedials[row["remedial"]], council.people[row["by"]]
    commands.take_step(council.session, remedial, Step(row["step"]), note=row["note"], version=remedial.version, by=by)
