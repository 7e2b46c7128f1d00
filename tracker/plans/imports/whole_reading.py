"""What is asked of the reading of a whole plan and what it answers; the reading itself runs apart."""

import json
from dataclasses import dataclass
from datetime import date

from tracker.core.plain_values import plain_value
from tracker.plans.rules.reading import PlanReading, StatusColumn
from tracker.plans.rules.tables.found import FoundColumn

READER = "tracker.plans.imports.whole_plan"


@dataclass(frozen=True)
class Asked:
    """What helps to read a file: its name, what its columns hold and its words of colour mean, and the approval."""

    name: str
    columns: str = ""
    key: str = ""
    approved_on: date | None = None

    def line(self) -> bytes:
        """Return it as the one line that stands before the file."""
        return json.dumps(plain_value(self)).encode()


@dataclass(frozen=True)
class WholeReading:
    """What a file says of a plan, with all that a person needs to correct how it was read.

    `columns` are empty for a text; `words` are all the words of colour in it, with a key or without. `text` has one
    line for each line that the reading names.
    """

    reading: PlanReading
    text: str
    columns: tuple[FoundColumn, ...]
    words: tuple[StatusColumn, ...]

    @property
    def has_actions(self) -> bool:
        """Whether any action was found."""
        return any(area.actions for area in self.reading.areas)
