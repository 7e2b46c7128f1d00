"""Drawing a sample: the list is kept for an hour, the sample for good, and everything else of the list goes."""

import json
import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.audits.commands.reasons import checked_reason
from tracker.audits.commands.spent_references import erased_among
from tracker.audits.models import Audit, AuditRound, AuditSample, CaseReference, SampleFile, WaitingCaseList
from tracker.audits.queries.samples import draw_of, known_cases, listed, sample_of
from tracker.audits.rules.case_list import CaseList, against_known
from tracker.audits.rules.limits import LARGEST_SAMPLE
from tracker.audits.rules.sampling import Draw, Key, ListedFile, Strata, list_digest
from tracker.audits.rules.vocabulary import AuditState, Selection
from tracker.core import clock
from tracker.core.plain_values import plain_value
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person

LISTS_KEPT = timedelta(hours=1)
_LARGEST_SEED = 2**31
_BEGUN = "The audit of this file has been begun. Make it void instead, or let it be finished"
_EXEMPT = "The audit of this file is exempt, which counts as done, so the file stays in the sample"


def keep_case_list(
    session: Session, audit_round: AuditRound, case_list: CaseList, *, strata: Strata | None, by: Person
) -> WaitingCaseList:
    """Keep a list for an hour, so that its sample can be looked at before it is kept.

    The round gets its seed with the first list, and by what it is divided, and keeps both, so that nobody brings a list
    again and again until they like what is drawn. Raises `Conflict` when the round is closed or has its sample,
    `Invalid` beside `strata` or `file`.
    """
    _refuse_drawn(session, audit_round)
    if audit_round.selection is Selection.STRATIFIED and strata is None:
        raise Invalid("strata", "Choose by what the sample is divided")
    if audit_round.selection is not Selection.STRATIFIED and strata is not None:
        raise Invalid("strata", "Only a sample chosen at random within groups is divided")
    first = audit_round.strata
    if first is not None and first is not strata:
        raise Invalid("strata", f"Choose “{first.words}”, by which the first list of this round was divided")
    spent = erased_among(session, [one.code for one in case_list.files])
    found = against_known(case_list, known_cases(session), spent)
    if not found.files:
        raise Invalid("file", "No row of this list could be taken. The first reason: " + found.refused[0].reason)
    discard_old_lists(session)
    if audit_round.seed is None:
        audit_round.seed, audit_round.strata = secrets.randbelow(_LARGEST_SEED), strata
        audit_round.changed_by = by.id
    waiting = WaitingCaseList(
        public_id=secrets.token_urlsafe(18),
        round=audit_round,
        person_id=by.id,
        content=json.dumps(plain_value(found)),
        kept_at=clock.now(),
    )
    session.add(waiting)
    session.flush()
    return waiting


def keep_sample(session: Session, waiting: WaitingCaseList, *, by: Person) -> AuditSample:
    """Draw the sample, keep it with its reserves and how it was drawn, and throw every list of the round away.

    Raises `Conflict` when the hour is over, the round is closed or has its sample, or nothing can be drawn.
    """
    audit_round, now = waiting.round, clock.now()
    _refuse_drawn(session, audit_round)
    if waiting.kept_at < now - LISTS_KEPT:
        raise Conflict(None, "This list was brought more than an hour ago. Bring it again")
    found, drawn = listed(waiting), draw_of(waiting)
    if not 1 <= len(drawn.files) <= LARGEST_SAMPLE:
        raise Conflict(None, f"A sample has 1 to {LARGEST_SAMPLE:,} files. This list gives {len(drawn.files):,}")
    made = AuditSample(
        round=audit_round,
        seed=audit_round.seed or 0,
        size=len(drawn.files),
        list_digest=list_digest(found.files),
        listed=len(found.files),
        refused=len(found.refused),
        audited_lately=drawn.audited_lately,
        siblings=drawn.siblings,
        groups=[[stratum_text(one.key), one.listed, len(one.drawn)] for one in drawn.strata],
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(made)
    _add_files(session, audit_round, drawn, by)
    session.execute(delete(WaitingCaseList).where(WaitingCaseList.round_id == audit_round.id))
    session.flush()
    return made


def discard_case_list(session: Session, waiting: WaitingCaseList) -> None:
    """Throw a list away."""
    session.delete(waiting)
    session.flush()


def discard_old_lists(session: Session) -> int:
    """Throw away the lists that were brought more than an hour ago, whoever brought them; return how many."""
    old = delete(WaitingCaseList).where(WaitingCaseList.kept_at < clock.now() - LISTS_KEPT)
    return len(session.execute(old.returning(WaitingCaseList.id)).all())


def leave_out_file(session: Session, file: SampleFile, *, reason: str, version: int, by: Person) -> SampleFile | None:
    """Take a file out of a sample, saying why, and put the next reserve of its group in its place; return that.

    An audit of it that nobody has begun becomes void. Raises `Conflict` when it is in the sample no longer, was begun,
    is exempt or was changed since, and `Invalid` beside `reason`.
    """
    if file.version != version:
        raise Conflict(None, "This file was changed while you were writing. What is stored now is shown")
    if file.is_reserve or file.left_out_reason:
        raise Conflict(None, "This file is not in the sample")
    if file.round.closed_on is not None:
        raise Conflict(None, "This round is closed")
    reason = checked_reason(session, reason)
    audit = session.scalar(select(Audit).where(Audit.round_id == file.round_id, Audit.case_id == file.case_id))
    if audit is not None and audit.state not in {AuditState.ALLOCATED, AuditState.VOID}:
        raise Conflict(None, _EXEMPT if audit.state is AuditState.EXEMPT else _BEGUN)
    if audit is not None and audit.state is AuditState.ALLOCATED:
        audit.state, audit.void_reason, audit.changed_by = AuditState.VOID, reason, by.id
    file.left_out_reason, file.changed_by = reason, by.id
    reserve = _next_reserve(session, file)
    if reserve is not None:
        reserve.is_reserve, reserve.stands_for_id, reserve.changed_by = False, file.id, by.id
    session.flush()
    return reserve


def stratum_text(key: Key) -> str:
    """Return the key of a group as it is stored."""
    return f"{key[0]}|{key[1] or ''}"


def _refuse_drawn(session: Session, audit_round: AuditRound) -> None:
    if audit_round.closed_on is not None:
        raise Conflict(None, "This round is closed")
    if sample_of(session, audit_round) is not None:
        raise Conflict(None, "This round has its sample already")


def _add_files(session: Session, audit_round: AuditRound, drawn: Draw, by: Person) -> None:
    sample = [(one, stratum.key, False) for stratum in drawn.strata for one in stratum.drawn]
    spare = [(one, stratum.key, True) for stratum in drawn.strata for one in stratum.reserves]
    codes = [one.code for one, _, _ in (*sample, *spare)]
    known = {one.code: one for one in session.scalars(select(CaseReference).where(CaseReference.code.in_(codes)))}
    for position, (one, key, is_reserve) in enumerate([*sample, *spare], start=1):
        session.add(
            SampleFile(
                round=audit_round,
                case=known.get(one.code) or _case(one, by),
                position=position,
                stratum=stratum_text(key),
                is_reserve=is_reserve,
                created_by=by.id,
                changed_by=by.id,
            )
        )


def _case(one: ListedFile, by: Person) -> CaseReference:
    return CaseReference(
        code=one.code,
        category=one.category,
        unit_id=one.unit_id,
        sibling_group=one.siblings or None,
        created_by=by.id,
        changed_by=by.id,
    )


def _next_reserve(session: Session, file: SampleFile) -> SampleFile | None:
    query = select(SampleFile).where(
        SampleFile.round_id == file.round_id,
        SampleFile.stratum == file.stratum,
        SampleFile.is_reserve,
        SampleFile.left_out_reason == "",
    )
    return session.scalar(query.order_by(SampleFile.position).limit(1))
