"""The invented council's audits of before: two files with two versions of a form, brought in by its moderator."""

import csv
import io
import json
from collections.abc import Iterator
from functools import partial

from tracker.audits.imports.past_audits import PastFile, bring_in
from tracker.audits.rules.past import Field
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import table

# Each file with its table and the day on which it came in.
_FILES = (
    ("audits before the plan.csv", "past_audits", "-12d"),
    ("audits of three years ago.csv", "old_audits", "-11d"),
)
_QUESTIONS = ("voice", "plan", "supervision")
_MAPPING = {
    "columns": {one.value: one.value for one in Field},
    "questions": {name: name for name in _QUESTIONS},
    "tools": {"2023 form": ["voice", "plan"], "2024 form": list(_QUESTIONS)},
}


def past_audits(council: Council) -> Iterator[Entry]:
    """Give the days on which the files came in."""
    for name, rows, day in _FILES:
        yield Entry(council.offsets.day(day), council.moderator, partial(_bring_in, council, name, rows))


def _bring_in(council: Council, name: str, told: str) -> None:
    rows = [{**row, "date": council.offsets.day(row["date"]).isoformat()} for row in table(told)]
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = PastFile(written.getvalue().encode(), name, json.dumps(_MAPPING))
    bring_in(council.session, file, by=council.moderator.id)
