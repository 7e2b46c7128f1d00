"""Audits of the town that are half way: taken on, decided today, disputed, before a panel, sent today, all parts in."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.support.builders.audits import a_sent_audit
from tests.support.builders.moderation import a_waiting_audit, moderated
from tests.support.builders.people import a_person
from tracker.audits import commands, queries
from tracker.audits.models import AgencyPart, Audit, Dispute, Moderation
from tracker.audits.rules.agencies import PartState
from tracker.audits.rules.moderating import Side
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role

# Has no part in any dispute, so that she may call a panel and decide with it.
OF_THE_PANEL = "una@council.example"


def add_second_looks(session: Session) -> None:
    """Add what the demonstration does not hold: it moderates last month's audits and disputes none of them."""
    ruth, marcus = (_one(session, f"{role}@demo.example") for role in ("auditor", "moderator"))
    una = a_person(session, Role.MODERATOR, "Una Quill", email=OF_THE_PANEL)
    for stage in range(3):
        held = moderated(session, a_waiting_audit(session, auditor=ruth), marcus)
        if stage:
            reason = "The plan was reviewed in time"
            dispute = commands.dispute_moderation(session, held, side=Side.AUDITOR, reason=reason, by=ruth)
            if stage == 2:
                _call(session, held, dispute, una)
    a_sent_audit(session, auditor=ruth)
    _mark_all_parts(session, ruth)
    session.flush()


def _call(session: Session, held: Moderation, dispute: Dispute, by: Person) -> None:
    members = queries.panel_candidates(session, held)[:2]
    commands.call_panel(session, dispute, members=members, version=dispute.version, by=by)


def _mark_all_parts(session: Session, ruth: Person) -> None:
    waiting = select(AgencyPart).where(AgencyPart.state == PartState.AWAITED)
    for part in session.scalars(waiting).all():
        audit = session.get_one(Audit, part.audit_id)
        commands.mark_not_given(
            session, audit, part.number, why="Nobody rang back", names_confirmed=True, version=part.version, by=ruth
        )


def _one(session: Session, email: str) -> Person:
    return session.scalars(select(Person).options(selectinload(Person.grants)).where(Person.email == email)).one()


def second_look_places(session: Session, marcus: Person, ruth: Person) -> dict[str, str]:
    """Return an audit at each stage: half graded, compared, decided, disputed, before a panel; one sent today."""
    is_his = (Moderation.moderator_id == marcus.id) & Moderation.outcome.is_(None)
    decided = Moderation.outcome.is_not(None)
    moderation = select(Audit.public_id).join(Moderation, Moderation.audit_id == Audit.id).order_by(Moderation.id)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    untouched = Audit.id.not_in(select(Moderation.audit_id)) & (Audit.sent_at >= midnight)
    sent = select(Audit.public_id).where(Audit.auditor_id == ruth.id, untouched).order_by(Audit.id)
    queries_of = {
        "half_graded": moderation.where(is_his, Moderation.compared_at.is_(None)),
        "compared": moderation.where(is_his, Moderation.compared_at.is_not(None)),
        "decided_today": moderation.where(decided, Moderation.decided_at >= midnight, Audit.state == AuditState.FINAL),
        "disputed": moderation.where(Audit.state == AuditState.DISPUTED),
        "before_panel": moderation.where(Audit.state == AuditState.PANEL),
        "sent_today": sent,
    }
    found = {name: session.scalars(query.limit(1)).first() for name, query in queries_of.items()}
    assert all(found.values()), f"the town has no audit for one of these: {found}"
    return {name: value or "" for name, value in found.items()}
