"""Sharing a sample out among auditors, changing who audits a file, conflicts, and closing a round."""

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.allocation import allocate_audit, refuse_dependent
from tracker.audits.commands.reasons import checked_reason
from tracker.audits.models import Audit, AuditorSwap, AuditRound, CaseReference, DeclaredConflict
from tracker.audits.queries.independence import ProposedFile, independence, proposal
from tracker.audits.queries.samples import files_without_auditor
from tracker.audits.rules.independence import ConflictKind
from tracker.audits.rules.vocabulary import OPEN_STATES, AuditState
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import counted
from tracker.people.models import Person


def share_out_sample(
    session: Session, audit_round: AuditRound, *, auditor_ids: Collection[int], seen: str, by: Person
) -> int:
    """Give every file of a sample that waits to the auditor proposed for it, and return how many were given.

    `seen` is the print of the proposal that was looked at. Files of which nobody is independent stay. Raises `Conflict`
    when the proposal is another one by now, or gives nothing out.
    """
    proposed = proposal(session, audit_round, auditor_ids)
    if proposal_print(proposed) != seen:
        raise Conflict(None, "Something has changed since this was proposed. Look at what is proposed now")
    given = [one for one in proposed if one.auditor is not None]
    if not given:
        raise Conflict(None, "There is no file to give out, or nobody to give one to")
    facts = independence(session, [one.file.case_id for one in given])
    for one in given:
        assert one.auditor is not None
        allocate_audit(session, audit_round, one.file.case, auditor=one.auditor, facts=facts, by=by)
    return len(given)


def proposal_print(proposed: Collection[ProposedFile]) -> str:
    """Return what tells one proposal from another."""
    said = ";".join(f"{one.file.case_id}:{one.auditor.id if one.auditor else 0}" for one in proposed)
    return sha256(said.encode()).hexdigest()[:32]


def swap_auditor(
    session: Session, audit: Audit, *, auditor: Person, reason: str, version: int, by: Person
) -> AuditorSwap:
    """Give an audit that nobody has begun to another auditor, keeping who had it and why.

    Both people come with roles loaded, the audit with its case. Raises `Conflict` when it was begun or changed since or
    its round is closed, and `Invalid` when the other is the same, no auditor, or not independent of the file.
    """
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were writing. What is stored now is shown")
    if audit.state is not AuditState.ALLOCATED:
        raise Conflict(None, "This audit has been begun, so it stays with its auditor. Make it void instead")
    if auditor.id in {audit.auditor_id, audit.worker_id}:
        raise Invalid("auditor", "Choose somebody else: this is the auditor who has it, or the worker of the file")
    refuse_dependent(session, auditor, audit.case)
    reason = checked_reason(session, reason)
    swap = AuditorSwap(
        audit=audit,
        from_id=audit.auditor_id,
        to_id=auditor.id,
        reason=reason,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(swap)
    audit.auditor, audit.changed_by = auditor, by.id
    session.flush()
    return swap


def declare_conflict(
    session: Session, *, auditor: Person, case: CaseReference, kind: ConflictKind, by: Person
) -> DeclaredConflict:
    """Write down that somebody cannot judge a file; no worker is named. Declared again, it holds again."""
    pair = DeclaredConflict.auditor_id == auditor.id, DeclaredConflict.case_id == case.id
    known = session.scalar(select(DeclaredConflict).where(*pair))
    if known is not None and known.ended_on is None:
        raise Conflict("code", "This conflict is declared already")
    declared = known or DeclaredConflict(auditor=auditor, case=case, created_by=by.id)
    declared.kind, declared.ended_on, declared.changed_by = kind, None, by.id
    session.add(declared)
    session.flush()
    return declared


def end_conflict(session: Session, declared: DeclaredConflict, *, version: int, by: Person) -> None:
    """End a declared conflict, as when it was written down by mistake; it is not forgotten."""
    if declared.version != version or declared.ended_on is not None:
        raise Conflict(None, "This conflict was changed while you were looking. What is stored now is shown")
    declared.ended_on, declared.changed_by = clock.today(), by.id
    session.flush()


def close_round(session: Session, audit_round: AuditRound, *, version: int, by: Person) -> AuditRound:
    """Close a round once nothing of it waits; from then on no file of it is given out.

    Raises `Conflict` when it is closed or was changed since, or when a file still waits or an audit is open.
    """
    if audit_round.version != version or audit_round.closed_on is not None:
        raise Conflict(None, "This round was changed while you were looking. What is stored now is shown")
    waiting = len(files_without_auditor(session, audit_round))
    if waiting:
        raise Conflict(None, f"{counted(waiting, 'file of the sample has', 'files of the sample have')} no auditor yet")
    is_open = Audit.round_id == audit_round.id, Audit.state.in_(OPEN_STATES)
    left = session.scalar(select(func.count(Audit.id)).where(*is_open)) or 0
    if left:
        raise Conflict(None, f"{counted(left, 'audit is', 'audits are')} still open. Finish, exempt or void them first")
    audit_round.closed_on, audit_round.changed_by = clock.today(), by.id
    session.flush()
    return audit_round
