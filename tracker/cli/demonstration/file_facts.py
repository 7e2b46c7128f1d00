"""What the invented audits say of their files beside grades: days, the family, the worker, old findings."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.audits.commands import AboutFile
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import Extent, FamilyPart, WorkerView
from tracker.cli.demonstration.tables import Row, table
from tracker.plans.rules.recurrence import months_later

MONTHS_JUDGED = 6
MONTHS_READ = 12
_PARTS = (
    (FamilyPart.GOT, "The mother says that visits are on time now, and that she is told what happens next."),
    (FamilyPart.GOT, "The child likes the worker, and would like to be asked about school."),
    (FamilyPart.SOUGHT, "A letter and two calls were not answered."),
    (FamilyPart.NOT_SOUGHT, "The family moved away in the week of the audit."),
)


@dataclass(frozen=True)
class SaidBeside:
    """What the tables say of audits beside the grades and findings, by audit and then by section or theme."""

    roles: dict[str, str]
    views: dict[tuple[str, str], WorkerView]
    again: dict[tuple[str, str], Row]
    more_time: dict[str, Row]
    workers: dict[str, Row]


def said_beside() -> SaidBeside:
    """Read what workers said side by side, and which findings are history or were found before."""
    rows = table("worker_views")
    return SaidBeside(
        roles={row["audit"]: row["role"] for row in rows},
        views={(row["audit"], row["section"]): WorkerView(row["words"], Extent(row["agrees"])) for row in rows},
        again={(row["audit"], row["theme"]): row for row in table("found_again")},
        more_time={row["audit"]: row for row in table("more_time")},
        workers={row["audit"]: row for row in table("workers")},
    )


def about_file(audit: str, today: date) -> AboutFile:
    """Invent the days of a file and the family's part, the same for an audit whenever it is asked."""
    number = int(audit.rpartition("-")[2])
    referred_on = today - timedelta(days=75 + 3 * number)
    part, note = _PARTS[number % len(_PARTS)]
    return AboutFile(
        judged_from=months_later(today, -MONTHS_JUDGED),
        days=FileDays(
            referred_on=referred_on,
            seen_on=referred_on + timedelta(days=1 + number % 12),
            assessed_on=referred_on + timedelta(days=45 + 2 * (number % 13)),
            supervised_on=today - timedelta(days=10 + 2 * number),
        ),
        family=part,
        family_note=note,
    )
