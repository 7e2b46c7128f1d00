"""The evidence of an action in its final words: each piece, who looked at it, and what was taken from view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.core.erasures import is_erased
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.commands.evidence import may_remove
from tracker.plans.models import Action, Evidence
from tracker.plans.queries.evidence import EvidenceRow
from tracker.plans.rules.plan_life import why_kept
from tracker.plans.rules.states import EvidenceKind, EvidenceResult, EvidenceSensitivity
from tracker.web.templating import day

_CLOSED = "Only the programme office and the leads of this action may open it"


@dataclass(frozen=True)
class EvidencePiece:
    """One piece as its page shows it; `url` leads to the content when the person may open it."""

    code: str
    title: str
    text: str
    url: str | None
    content: str
    closed: str
    origin: str
    verdict: str
    is_good: bool
    note: str
    verify_label: str
    verify_url: str | None
    remove_url: str | None


@dataclass(frozen=True)
class RemovedPiece:
    """A piece that was taken from view: what it was, and who removed it, when and why."""

    title: str
    told: str
    why: str


def pieces_of(rows: Sequence[EvidenceRow], action: Action, person: Person) -> list[EvidencePiece]:
    """Return the evidence in view, as a person may see it."""
    return [_piece(row, action, person) for row in rows if row.evidence.removed_at is None]


def removed_of(rows: Sequence[EvidenceRow]) -> list[RemovedPiece]:
    """Return what was taken from view."""
    return [
        RemovedPiece(
            title=title_of(row.evidence),
            told=f"Removed by {row.removed_by} on {day(row.evidence.removed_at)}",
            why=row.evidence.removed_why,
        )
        for row in rows
        if row.evidence.removed_at is not None
    ]


def title_of(evidence: Evidence) -> str:
    """Return what a piece is called: its title, its file's name, or its sentence."""
    return evidence.title or ("" if is_erased(evidence.file_name) else evidence.file_name) or evidence.text


def may_open(evidence: Evidence, action: Action, person: Person) -> bool:
    """Whether a person may open a file or a link: everybody inside, or only those who may write it (domain A2, A9)."""
    if evidence.sensitivity is EvidenceSensitivity.RESTRICTED:
        return may(person, Permission.ACTION_UPDATE, action)
    return may(person, Permission.EVIDENCE_READ, action)


def _piece(row: EvidenceRow, action: Action, person: Person) -> EvidencePiece:
    evidence, opens = row.evidence, may_open(row.evidence, action, person)
    address: dict[str, Any] = {"slug": action.plan.slug, "ref": action.ref, "code": evidence.code}
    has_content = evidence.kind is not EvidenceKind.SENTENCE and not is_erased(evidence.file_name)
    is_kept = bool(why_kept(action.plan.status))
    verifies = not is_kept and may(person, Permission.EVIDENCE_VERIFY, evidence)
    removes = not is_kept and may_remove(evidence, action, person)
    title = title_of(evidence)
    return EvidencePiece(
        code=evidence.code,
        title=title,
        text="" if evidence.text == title else evidence.text,
        url=_url(evidence, address) if has_content and opens else None,
        content=_content(evidence),
        closed=_closed(evidence, opens=opens or not has_content),
        origin=f"From {day(evidence.effective_on)}, added by {row.added_by or 'the import'}",
        verdict=_verdict(row),
        is_good=evidence.result is EvidenceResult.SHOWS,
        note=evidence.verified_note,
        verify_label="Verify again" if evidence.result else "Verify",
        verify_url=url_for("plans.evidence_verify", **address) if verifies else None,
        remove_url=url_for("plans.evidence_remove", **address) if removes else None,
    )


def _closed(evidence: Evidence, *, opens: bool) -> str:
    """Return why there is nothing to open: the file was erased, or others may open it."""
    if is_erased(evidence.file_name):
        return f"The file was {evidence.file_name.strip('[]')}"
    return "" if opens else _CLOSED


def _url(evidence: Evidence, address: dict[str, Any]) -> str:
    return evidence.url if evidence.kind is EvidenceKind.LINK else url_for("plans.evidence_file", **address)


def _content(evidence: Evidence) -> str:
    """Return what opens: the kind and size of a file, or that a link leads away."""
    if evidence.kind is EvidenceKind.LINK:
        return "Open the link"
    if evidence.file_kind is None:
        return ""
    return f"Download {evidence.file_name} ({evidence.file_kind.words}, {size_in_words(evidence.file_size)})"


def size_in_words(size: int) -> str:
    """Return a size in bytes as people read it: 820 bytes, 12 KB, 3.4 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _verdict(row: EvidenceRow) -> str:
    evidence = row.evidence
    if evidence.result is None:
        return "Not verified yet"
    return f"Verified by {row.verified_by} on {day(evidence.verified_on)}: {evidence.result.words.lower()}"
