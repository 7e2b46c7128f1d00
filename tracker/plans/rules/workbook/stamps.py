"""The hidden stamps of a workbook: which record a row is of and how it stood, sealed so that none can be swapped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from tracker.core.text import one_line


@dataclass(frozen=True)
class ActionStamp:
    """Of a row of an action: `after` is the update that counted when the workbook was made, 0 for none."""

    number: str
    title: str
    action_id: int
    after: int


@dataclass(frozen=True)
class MilestoneStamp:
    """Of a row of a milestone: its version then, and of one that repeats the turn that the row is about."""

    number: str
    title: str
    action_number: str
    milestone_id: int
    version: int
    turn: date | None = None


class Stamps:
    """Seals stamps with the secret of this service, and opens those that it sealed itself and nobody changed."""

    def __init__(self, secret: str) -> None:
        """Take the secret of the service."""
        self._seal = URLSafeSerializer(secret, salt="update-workbook-1")

    def sealed(self, stamp: ActionStamp | MilestoneStamp) -> str:
        """Return a stamp as text."""
        title = one_line(stamp.title)
        if isinstance(stamp, ActionStamp):
            facts = ["a", stamp.number, title, stamp.action_id, stamp.after]
        else:
            turn = stamp.turn.isoformat() if stamp.turn else ""
            facts = ["m", stamp.number, title, stamp.action_number, stamp.milestone_id, stamp.version, turn]
        text = self._seal.dumps(facts)
        return text if isinstance(text, str) else text.decode()

    def opened(self, text: str) -> ActionStamp | MilestoneStamp | None:
        """Return the stamp of a text, None when it is none of this service's."""
        try:
            kind, *facts = self._seal.loads(text)
        except BadData:
            return None
        return _action(facts) if kind == "a" else _milestone(facts)


def _action(facts: list[Any]) -> ActionStamp:
    number, title, action_id, after = facts
    return ActionStamp(number, title, action_id, after)


def _milestone(facts: list[Any]) -> MilestoneStamp:
    *names, milestone_id, version, turn = facts
    number, title, action_number = names
    found = date.fromisoformat(turn) if turn else None
    return MilestoneStamp(number, title, action_number, milestone_id, version, found)
