"""What the workers of the invented council's audited files have begun to answer."""

from collections.abc import Iterator
from functools import partial

from tracker.audits import commands, queries
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table


def responses(council: Council) -> Iterator[Entry]:
    """Begin each answer on the day on which its audit was sent."""
    sent = {row["audit"]: row["day"] for row in table("audits")}
    for row in table("workers"):
        day = council.offsets.past_day(sent[row["audit"]])
        yield Entry(day, council.people[row["worker"]], partial(_begin, council, row))


def _begin(council: Council, row: Row) -> None:
    session, worker = council.session, council.people[row["worker"]]
    audit = queries.audit(session, council.audits[row["audit"]].public_id)
    if audit is None:
        raise LookupError(f"There is no audit {row['audit']!r}.")
    tool = queries.asked_of(session, audit)
    number = next(section.number for section in tool.sections if section.code == row["section"])
    view = WorkerView(row["words"], Extent(row["agrees"]))
    commands.save_answer(session, audit, {number: view}, version=0, by=worker)
