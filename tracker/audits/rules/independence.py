"""Who may audit which file (domain A2: an auditor is neither worker nor line manager), and sharing files out fairly."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class ConflictKind(StrEnum):
    """Why somebody declared that they cannot audit a file; nobody's name stands with it."""

    WORKER = "worker"
    LINE_MANAGER = "line_manager"
    KNOWS_FAMILY = "knows_family"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    ConflictKind.WORKER: "Worked with this child",
    ConflictKind.LINE_MANAGER: "Managed the work with this child",
    ConflictKind.KNOWS_FAMILY: "Knows the child or the family",
    ConflictKind.OTHER: "Another reason",
}


class NotIndependent(StrEnum):
    """Why an auditor may not look at a file; the first that fits is the one."""

    OWN_TEAM = "own_team"
    LINE = "line"
    WORKER = "worker"
    DECLARED = "declared"

    @property
    def words(self) -> str:
        """The reason as a sentence about the auditor ends."""
        return _NOT_WORDS[self]


_NOT_WORDS = {
    NotIndependent.OWN_TEAM: "works in the team whose file this is",
    NotIndependent.LINE: "is in the line of management above the team whose file this is",
    NotIndependent.WORKER: "was named as the worker of this file",
    NotIndependent.DECLARED: "has declared a conflict about this file",
}


@dataclass(frozen=True)
class Auditor:
    """Somebody who may be given files: the unit they work in, and how many files they have to do."""

    id: int
    unit_id: int | None
    load: int = 0


@dataclass(frozen=True)
class FileToGive:
    """A file that waits for an auditor: its team, the services and localities above it, and who was its worker."""

    case_id: int
    unit_id: int
    line: frozenset[int] = frozenset()
    workers: frozenset[int] = frozenset()


Conflicts = Collection[tuple[int, int]]


def why_not_independent(auditor: Auditor, file: FileToGive, conflicts: Conflicts = ()) -> NotIndependent | None:
    """Return why an auditor may not be given a file, or None; `conflicts` are pairs of auditor and case."""
    if auditor.unit_id == file.unit_id:
        return NotIndependent.OWN_TEAM
    if auditor.unit_id in file.line:
        return NotIndependent.LINE
    if auditor.id in file.workers:
        return NotIndependent.WORKER
    if (auditor.id, file.case_id) in conflicts:
        return NotIndependent.DECLARED
    return None


def share_out(
    files: Iterable[FileToGive], auditors: Collection[Auditor], *, conflicts: Conflicts = (), seed: int = 0
) -> dict[int, int | None]:
    """Return the auditor of each case, None where nobody is independent of it.

    Files that few may audit are given first, each to whoever has least to do; the seed decides between equals, so that
    nobody chooses.
    """
    may = {
        file.case_id: [one.id for one in auditors if not why_not_independent(one, file, conflicts)] for file in files
    }
    loads = {one.id: one.load for one in auditors}
    given: dict[int, int | None] = {}
    for case_id in sorted(may, key=lambda case_id: (len(may[case_id]), _lot(seed, case_id))):
        given[case_id] = _least_busy(may[case_id], loads, seed, case_id)
        if (auditor_id := given[case_id]) is not None:
            loads[auditor_id] += 1
    return given


def _least_busy(auditors: Collection[int], loads: Mapping[int, int], seed: int, case_id: int) -> int | None:
    return min(auditors, key=lambda one: (loads[one], _lot(seed, case_id, one)), default=None)


def _lot(*parts: int) -> bytes:
    return sha256(":".join(map(str, parts)).encode()).digest()
