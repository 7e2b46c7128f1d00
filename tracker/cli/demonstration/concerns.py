"""The invented council's concerns that a child may be at risk: raised by auditors, and what became of each."""

from collections.abc import Iterator
from functools import partial

from tracker.audits import commands
from tracker.audits.rules.choosing import ChoosingRule
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.moderations import rule_of
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock

# Each stage: the column of its day, which is its name too, the one of who did it, and the one of the words.
_STAGES = (
    ("acknowledged", "outcome", commands.acknowledge_concern),
    ("acted", "done", commands.act_on_concern),
    ("closed", "ended", commands.close_concern),
)


def concerns(council: Council) -> Iterator[Entry]:
    """Give each concern on the day it was raised, and each stage that it came to."""
    audits = {row["audit"]: row for row in table("audits")}
    for row in table("concerns"):
        audit = audits[row["audit"]]
        auditor = council.people[audit["auditor"]]
        yield Entry(council.offsets.day(row["raised"]), auditor, partial(_raise, council, row, rule_of(audit)))
        for place, (name, *_) in enumerate(_STAGES):
            if row[name]:
                by = council.people[row[f"{name}_by"]]
                yield Entry(council.offsets.day(row[name]), by, partial(_go_on, council, row, place))


def _raise(council: Council, row: Row, rule: ChoosingRule) -> None:
    audit = council.audits[row["audit"]]
    told = council.people[row["told_to"]]
    council.concerns[row["audit"]] = commands.raise_concern(
        council.session,
        audit,
        told_to=f"{told.name}, {told.post}",
        told_at=clock.now(),
        what=row["told_words"],
        by=audit.auditor,
        rule=rule,
    )


def _go_on(council: Council, row: Row, place: int) -> None:
    name, words, command = _STAGES[place]
    concern, by = council.concerns[row["audit"]], council.people[row[f"{name}_by"]]
    command(council.session, concern, note=row[words], version=concern.version, by=by)
