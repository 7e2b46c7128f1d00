"""Updates that people of the invented council have begun to write and not saved yet."""

import secrets
from collections.abc import Iterator
from functools import partial

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.plans.commands.drafts import keep_draft
from tracker.plans.commands.updates import latest_update

_FIELDS = {"declared": "declared", "happened": "text", "why": "why", "doing": "doing"}


def drafts(council: Council) -> Iterator[Entry]:
    """Give each draft on the day on which its writer stopped."""
    for row in table("drafts"):
        yield Entry(council.offsets.day(row["day"]), council.people[row["author"]], partial(_keep, council, row))


def _keep(council: Council, row: Row) -> None:
    session, action = council.session, council.actions[row["ref"]]
    last = latest_update(session, action)
    keep_draft(
        session,
        action,
        typed={field: [row[column]] for field, column in _FIELDS.items()},
        after=last.id if last else 0,
        written_from=secrets.token_urlsafe(16),
        version=0,
        by=council.people[row["author"]],
    )
