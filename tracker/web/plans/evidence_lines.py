"""Evidence as one line of another page: of the history, of the facts, of a decision; its own page has more."""

from dataclasses import dataclass

from flask import url_for

from tracker.core.text import counted
from tracker.people.policy import Permission, may
from tracker.plans.models import Action
from tracker.plans.queries.evidence import EvidenceCount
from tracker.plans.queries.history import HistoryRow
from tracker.plans.rules.states import EvidenceKind, EvidenceResult, EvidenceSensitivity
from tracker.web.access import current_person
from tracker.web.plans.mention_rows import Pieces


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence in the history: its words, where it opens for this person, and whether it was verified."""

    words: str
    url: str
    mark: str
    is_struck: bool = False
    # The words with links to the actions that they name, where the evidence itself leads nowhere.
    said: Pieces = ()


def evidence_line(row: HistoryRow, action: Action, *, is_withdrawn: bool = False) -> EvidenceLine:
    """Return a piece of evidence as the history tells it; what the person may not open has no link.

    Evidence of an update that was taken back counts no more: it is struck, and leads nowhere.
    """
    if is_withdrawn:
        return EvidenceLine(row.words[0], "", "withdrawn with the update", is_struck=True)
    mark = EvidenceResult(row.state).words.lower() if row.state else "not verified"
    is_restricted = row.way == EvidenceSensitivity.RESTRICTED
    if is_restricted and not may(current_person(), Permission.ACTION_UPDATE, action):
        return EvidenceLine(row.words[0], "", mark)
    url = row.place
    if row.code == EvidenceKind.FILE and not row.place:
        return EvidenceLine(row.words[0], "", f"{mark}, the file was erased")
    if row.code == EvidenceKind.FILE:
        url = url_for("plans.evidence_file", slug=action.plan.slug, ref=action.ref, code=row.place)
    return EvidenceLine(row.words[0], url, mark)


def count_in_words(count: EvidenceCount) -> str:
    """Return how much evidence there is and how much of it nobody has verified."""
    if not count.pieces:
        return "No evidence yet"
    pieces = counted(count.pieces, "piece")
    if not count.unverified:
        return f"{pieces}, verified" if count.pieces == 1 else f"{pieces}, all verified"
    return f"{pieces}, not verified" if count.pieces == 1 else f"{pieces}, {count.unverified} not verified"
