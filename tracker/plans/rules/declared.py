"""What leads said beside what the dates said on that day, and how often it was better; no rating is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.plans.rules.rag import Rag


class Beside(StrEnum):
    """What a lead declared, beside what the rule computed that day."""

    BETTER = "better"
    SAME = "the same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many updates were compared, and in how many of them the lead's view was better or worse (domain A5)."""

    compared: int
    better: int
    worse: int

    @property
    def share(self) -> int | None:
        """The share of better ones in whole per cent; nothing below ten updates, where it would say too much."""
        return round(100 * self.better / self.compared) if self.compared >= _ENOUGH else None


_ENOUGH = 10


def beside(declared: Rag, computed: Rag) -> Beside:
    """Compare a lead's colour with the rule's in the order R > A > N > G, in which the worse one counts (domain A5)."""
    if declared.concern > computed.concern:
        return Beside.BETTER
    return Beside.SAME if declared is computed else Beside.WORSE


def tally(found: Iterable[Beside]) -> Tally:
    """Count what was compared."""
    known = tuple(found)
    return Tally(len(known), known.count(Beside.BETTER), known.count(Beside.WORSE))
