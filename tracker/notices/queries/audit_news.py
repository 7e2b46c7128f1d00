"""What was decided about audits and what waits for moderators, for the letters; nothing of what audits say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, Dispute, Moderation, MoreTime
from tracker.audits.rules.moderating import Outcome, involved
from tracker.audits.rules.vocabulary import OPEN_STATES, AuditState
from tracker.core import clock
from tracker.notices.rules.audit_news import AuditOutcome, ModeratorQueues, Queue

_IN_DISPUTE = (AuditState.DISPUTED, AuditState.PANEL)


@dataclass(frozen=True, slots=True)
class _Waits:
    """Something that waits, and who has no say in it; `only` is who has it already."""

    number: int
    on: date
    due_on: date
    without: frozenset[int]
    only: int | None = None

    def is_for(self, person_id: int) -> bool:
        return person_id not in self.without and self.only in {None, person_id}


@dataclass(frozen=True)
class AuditNews:
    """What auditors are told by person, and all that waits for moderators."""

    outcomes: dict[int, list[AuditOutcome]] = field(default_factory=dict)
    to_moderate: list[_Waits] = field(default_factory=list)
    disputed: list[_Waits] = field(default_factory=list)
    asked: list[_Waits] = field(default_factory=list)

    def queues(self, person_id: int, day: date) -> ModeratorQueues:
        """Return what waits for one moderator on a day: nothing that is theirs to write or that somebody else has."""
        own = [one for one in self.to_moderate if one.is_for(person_id)]
        late = [one for one in own if one.due_on < day]
        return ModeratorQueues(
            waiting=_queue(own, lambda one: one.on),
            late=_queue(late, lambda one: one.due_on + timedelta(days=1)),
            disputed=_queue([one for one in self.disputed if one.is_for(person_id)], lambda one: one.on),
            more_time=_queue([one for one in self.asked if one.is_for(person_id)], lambda one: one.on),
        )


def audit_news(session: Session, since: date) -> AuditNews:
    """Return what was decided from a day on by auditor, and all that waits now; the queries are six."""
    found: defaultdict[int, list[AuditOutcome]] = defaultdict(list)
    for auditor, outcome in _outcomes(session, clock.moment_in_england(since, time.min)):
        found[auditor].append(outcome)
    return AuditNews(dict(found), list(_to_moderate(session)), list(_disputed(session)), list(_asked(session)))


def _outcomes(session: Session, since: datetime) -> Iterator[tuple[int, AuditOutcome]]:
    moderated = (
        select(Moderation.auditor_id, Moderation.id, Audit.public_id, Moderation.decided_at, Moderation.outcome)
        .join(Audit, Audit.id == Moderation.audit_id)
        .where(Moderation.decided_at >= since)
        .order_by(Moderation.id)
    )
    for auditor, number, public_id, at, outcome in session.execute(moderated):
        what = "returned" if outcome is Outcome.RETURNED else "moderated"
        yield auditor, AuditOutcome(what, number, public_id, _day(at))
    decided: Iterable[tuple[str, Select[int, int, str, datetime | None]]] = (
        (
            "panel",
            select(Moderation.auditor_id, Dispute.id, Audit.public_id, Dispute.decided_at)
            .select_from(Dispute)
            .join(Moderation, Moderation.id == Dispute.moderation_id)
            .join(Audit, Audit.id == Moderation.audit_id)
            .where(Dispute.decided_at >= since)
            .order_by(Dispute.id),
        ),
        (
            "more_time",
            select(Audit.auditor_id, MoreTime.id, Audit.public_id, MoreTime.decided_at)
            .join(Audit, Audit.id == MoreTime.audit_id)
            .where(MoreTime.decided_at >= since, Audit.state.in_(OPEN_STATES))
            .order_by(MoreTime.id),
        ),
    )
    for what, query in decided:
        for auditor, number, public_id, at in session.execute(query):
            yield auditor, AuditOutcome(what, number, public_id, _day(at))


def _to_moderate(session: Session) -> Iterator[_Waits]:
    query = (
        select(Moderation.id, Audit.sent_at, Moderation.due_on, Moderation.auditor_id, Audit.worker_id)
        .add_columns(Moderation.moderator_id)
        .join(Audit, Audit.id == Moderation.audit_id)
        .where(Audit.state == AuditState.MODERATION, Moderation.outcome.is_(None))
        .order_by(Moderation.id)
    )
    for number, at, due_on, auditor, worker, moderator in session.execute(query):
        yield _Waits(number, _day(at), due_on, involved(auditor, None, worker), moderator)


def _disputed(session: Session) -> Iterator[_Waits]:
    query = (
        select(Dispute.id, Dispute.raised_at, Moderation.auditor_id, Moderation.moderator_id)
        .add_columns(Audit.worker_id, Dispute.raised_by_id)
        .join(Moderation, Moderation.id == Dispute.moderation_id)
        .join(Audit, Audit.id == Moderation.audit_id)
        .where(Audit.state.in_(_IN_DISPUTE), Dispute.decided_at.is_(None))
        .order_by(Dispute.id)
    )
    for number, at, *people in session.execute(query):
        yield _Waits(number, _day(at), _day(at), involved(*people))


def _asked(session: Session) -> Iterator[_Waits]:
    query = (
        select(MoreTime.id, MoreTime.created_at, MoreTime.asked_by_id, Audit.auditor_id)
        .join(Audit, Audit.id == MoreTime.audit_id)
        .where(MoreTime.is_agreed.is_(None), Audit.state.in_(OPEN_STATES))
        .order_by(MoreTime.id)
    )
    for number, at, asker, auditor in session.execute(query):
        yield _Waits(number, _day(at), _day(at), frozenset({asker, auditor}))


def _queue(waits: list[_Waits], since: Callable[[_Waits], date]) -> Queue | None:
    if not waits:
        return None
    newest = max(waits, key=lambda one: (since(one), one.number))
    return Queue(len(waits), newest.number, since(newest))


def _day(at: datetime | None) -> date:
    return at.astimezone(clock.LONDON).date() if at else clock.today()
