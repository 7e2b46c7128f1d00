"""Cases of the invented council that were audited again."""

from collections.abc import Iterator
from functools import partial

from tracker.audits import commands, queries
from tracker.audits.rules.first_tool import DEFAULT_SLUG
from tracker.cli.demonstration.audits import write_audit
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.file_facts import SaidBeside
from tracker.cli.demonstration.tables import Row, table


def re_audits(council: Council) -> Iterator[Entry]:
    """Give each re-audit on the day it was given to an auditor, and on the day it was done."""
    about = {row["audit"]: row for row in table("audits")}
    for row in table("re_audits"):
        given, auditor = council.offsets.day(row["given"]), council.people[row["auditor"]]
        yield Entry(given, council.moderator, partial(_give, council, row))
        if row["day"]:
            category = about[row["audit"]]["category"]
            said = {**row, "audit": row["re_audit"], "round": "re-audits", "category": category, "state": "sent"}
            yield Entry(council.offsets.past_day(row["day"]), auditor, partial(_write, council, said))


def _give(council: Council, row: Row) -> None:
    planned = queries.planned_re_audit(council.session, council.audits[row["audit"]])
    if planned is None:
        raise LookupError(f"No re-audit of {row['audit']!r} is planned.")
    council.audits[row["re_audit"]] = commands.allocate_re_audit(
        council.session,
        planned,
        auditor=council.people[row["auditor"]],
        tool=council.tools[int(row["tool"])],
        by=council.moderator,
    )


def _write(council: Council, said: Row) -> None:
    tools = {stored.number: stored for stored in queries.tool_versions(council.session, DEFAULT_SLUG)}
    tool = queries.tools_by_id(council.session, [tools[int(said["tool"])].id])[tools[int(said["tool"])].id]
    write_audit(council, said, tool, {}, {}, beside=SaidBeside({}, {}, {}, {}, {}))
