"""The head of the chain on one line, to be kept out of reach of the database's keepers; comparing is elsewhere."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog.chain import checked_key, keyed, moment, same
from tracker.core.changelog.writer import head

_LINE = re.compile(
    r"tracker-log v1 (?P<number>0|[1-9][0-9]{0,18}) (?P<entry_hash>[0-9a-f]{64})"
    r" (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?P<mark>[0-9a-f]{64})",
    re.ASCII,
)


class CheckpointError(ValueError):
    """The line is no checkpoint of this log: misspelt, altered, or made with another key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the log had come at a moment: its last entry's number and seal, with a seal of its own over all three."""

    number: int
    entry_hash: str
    at: str
    mark: str

    def line(self) -> str:
        """Return the line to print or mail."""
        return f"tracker-log v1 {self.number} {self.entry_hash} {self.at} {self.mark}"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the line back, white space around it aside; raises `CheckpointError` when it is not one."""
        found = _LINE.fullmatch(text.strip())
        if found is None:
            raise CheckpointError("This is not a checkpoint of the change log: one line beginning with tracker-log v1.")
        return cls(int(found["number"]), found["entry_hash"], found["at"], found["mark"])

    def check(self, key: bytes) -> None:
        """Make sure that this log's key made it; raises `CheckpointError` when not."""
        if not same(self.mark, _mark(key, self.number, self.entry_hash, self.at)):
            raise CheckpointError("The checkpoint was altered, or made with another key.")


def checkpoint(session: Session, key: bytes) -> Checkpoint:
    """Return the head of the chain as it stands committed, sealed."""
    number, entry_hash = head(session.connection())
    at = moment(clock.now())
    return Checkpoint(number, entry_hash, at, _mark(checked_key(key), number, entry_hash, at))


def _mark(key: bytes, number: int, entry_hash: str, at: str) -> str:
    return keyed(key, ["tracker-log-checkpoint v1", number, entry_hash, at])
