"""Disputing what came of a moderation, and the panel that looks at it a third time; its decision is the last."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from tracker.audits.commands.moderating import SHORTEST_REASON, move_audit, refuse_without_remedial
from tracker.audits.commands.re_audits import follow_up
from tracker.audits.models import Dispute, Moderation, PanelMember
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.moderating import (
    DISPUTE_DAYS,
    OVERALL_VALUES,
    SECTION_VALUES,
    Outcome,
    Side,
    may_still_dispute,
    panel_fault,
)
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.people.models import Person


def dispute_moderation(session: Session, moderation: Moderation, *, side: Side, reason: str, by: Person) -> Dispute:
    """Say that the auditor or the service does not share an outcome; until a panel decides, the audit does not count.

    The auditor speaks for themselves, a moderator without a part in it for the service. Raises `Conflict` once it was
    disputed, when the audit is not final, and after five working days.
    """
    if (side is Side.AUDITOR) is not (by.id == moderation.auditor_id):
        raise Forbidden(None, "The auditor disputes in their own name, and nobody else does")
    if side is Side.SERVICE and by.id in moderation.involved:
        raise Forbidden(None, "Neither who moderated an audit nor its worker disputes the outcome for the service")
    if moderation.outcome not in {Outcome.AGREED, Outcome.CHANGED} or not moderation.audit.state.is_final:
        raise Conflict(None, "There is no outcome to dispute")
    if moderation.dispute is not None:
        raise Conflict(None, "This outcome was disputed before, and the panel has the last word")
    decided = moderation.decided_at
    if decided is None or not may_still_dispute(decided.astimezone(clock.LONDON).date(), clock.today()):
        raise Conflict(None, f"An outcome can be disputed for {DISPUTE_DAYS} working days")
    dispute = Dispute(
        side=side, raised_by_id=by.id, raised_at=clock.now(), reason=_reason(reason), members=[], created_by=by.id
    )
    dispute.changed_by = by.id
    moderation.disputes.append(dispute)
    session.add(dispute)
    move_audit(moderation.audit, AuditState.DISPUTED, by)
    session.flush()
    return dispute


def call_panel(session: Session, dispute: Dispute, *, members: Sequence[Person], version: int, by: Person) -> Dispute:
    """Name two or more people who look at a disputed audit, nobody with a part in it among them."""
    moderation = dispute.moderation
    _check(dispute, version, by, AuditState.DISPUTED)
    if fault := panel_fault([one.id for one in members], moderation.involved):
        raise Invalid("members", fault)
    for person in members:
        member = PanelMember(person_id=person.id, created_by=by.id, changed_by=by.id)
        dispute.members.append(member)
        session.add(member)
    dispute.changed_at, dispute.changed_by = clock.now(), by.id
    move_audit(moderation.audit, AuditState.PANEL, by)
    session.flush()
    return dispute


def decide_dispute(
    session: Session,
    dispute: Dispute,
    tool: Tool,
    *,
    grades: Mapping[int, AnswerValue],
    reason: str,
    version: int,
    by: Person,
) -> Dispute:
    """Keep the panel's grades, which count from now on, and its reason; the audit is final. All earlier grades stay.

    What follows from the panel's grade of the whole is done with it. Raises `Invalid` beside a section without a grade,
    without a reason, or when the whole is inadequate and nobody was given what must be put right.
    """
    moderation = dispute.moderation
    _check(dispute, version, by, AuditState.PANEL)
    wrong = Gathered()
    for row in moderation.sections:
        value, title = grades.get(row.number), tool.by_number[row.number].title
        is_one = value in (OVERALL_VALUES if row.number == tool.overall_number else SECTION_VALUES)
        wrong.ask(is_one, f"panel_{row.number}", f"Choose the panel's grade for {title}")
        row.by_panel, row.changed_by = value, by.id
    wrong.tell()
    refuse_without_remedial(moderation, f"panel_{tool.overall_number}", grades[tool.overall_number])
    dispute.decision = _reason(reason)
    dispute.decided_by_id, dispute.decided_at, dispute.changed_by = by.id, clock.now(), by.id
    move_audit(moderation.audit, AuditState.FINAL, by)
    follow_up(session, moderation.audit, by=by)
    session.flush()
    return dispute


def _check(dispute: Dispute, version: int, by: Person, state: AuditState) -> None:
    """Raise unless the dispute stands where it should and this person had no part in what is disputed."""
    moderation = dispute.moderation
    if by.id in moderation.involved:
        raise Forbidden(None, "Who audited, moderated or disputed it, or did the work, has no say in the panel")
    if moderation.audit.state is not state or dispute.version != version:
        raise Conflict(None, "Somebody went on with this dispute while you were writing. What is stored now is shown")


def _reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Invalid("reason", f"Say why in {SHORTEST_REASON} characters or more")
    keep_to("reason", reason, what="Why", most=REASON_LENGTH)
    return reason
