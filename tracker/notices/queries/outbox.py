"""The outbox: what was told to whom, who was asked when, and which mail is to be sent next; nothing is sent here."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.notices.models import Notice, NoticeSetting
from tracker.notices.queries.leads import leading_people
from tracker.notices.queries.waiting import reach
from tracker.notices.rules.occasions import KEEPS_FOR
from tracker.notices.rules.timing import CLAIM_LASTS
from tracker.notices.rules.vocabulary import NoticeKind, NoticeState
from tracker.people.models import Person
from tracker.plans.models import Action

# Longer than anything stays news, so that nothing is told twice.
_REMEMBERED = KEEPS_FOR + timedelta(days=60)


def told_to(session: Session, day: date) -> dict[int, set[str]]:
    """Return the keys of all that each person was told of late."""
    found: dict[int, set[str]] = defaultdict(set)
    query = select(Notice.person_id, Notice.told).where(Notice.due_on >= day - _REMEMBERED)
    for person_id, told in session.execute(query):
        found[person_id].update(told)
    return found


def have_digest(session: Session, day: date) -> set[int]:
    """Return who has a digest of a day already."""
    query = select(Notice.person_id).where(Notice.kind == NoticeKind.DIGEST, Notice.due_on == day)
    return set(session.scalars(query))


def settings_of(session: Session) -> dict[int, NoticeSetting]:
    """Return how people want to be told, by person; who never said is not in it."""
    return {one.person_id: one for one in session.scalars(select(NoticeSetting))}


def setting_of(session: Session, person: Person) -> NoticeSetting | None:
    """Return how one person wants to be told, None for who never said."""
    return session.scalar(select(NoticeSetting).where(NoticeSetting.person_id == person.id))


def last_asked(session: Session, person_ids: Collection[int]) -> dict[int, date]:
    """Return the day on which each of some people was last asked for updates by the office."""
    query = select(Notice.person_id, func.max(Notice.due_on).label("asked_on")).where(Notice.kind == NoticeKind.CHASE)
    query = query.where(Notice.person_id.in_(list(person_ids)))
    rows = session.execute(query.group_by(Notice.person_id))
    return {row.person_id: row.asked_on for row in rows}


def asked_of_late(session: Session, office: Person, *, limit: int) -> list[tuple[Notice, str]]:
    """Return the latest chases with their people, and the name of who asked: the log of who was asked and when.

    Here as in their count, those of leads whom somebody of the office cares for, and those that they sent themselves.
    """
    author = select(Person.name).where(Person.id == Notice.created_by).scalar_subquery()
    query = select(Notice, author).where(_is_chase_of(office)).options(joinedload(Notice.person))
    rows = session.execute(query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(limit))
    return [(notice, name or "") for notice, name in rows]


def chase_count(session: Session, office: Person) -> int:
    """Return how many chases there ever were."""
    return session.scalar(select(func.count(Notice.id)).where(_is_chase_of(office))) or 0


def _is_chase_of(office: Person) -> ColumnElement[bool]:
    theirs = Notice.person_id.in_(leading_people(reach(office, Action)))
    return and_(Notice.kind == NoticeKind.CHASE, or_(reach(office, Notice), theirs, Notice.created_by == office.id))


def known_keys(session: Session, keys: Iterable[str]) -> set[str]:
    """Return those of some keys of which there is a mail already."""
    return set(session.scalars(select(Notice.key).where(Notice.key.in_(list(keys)))))


def sendable(session: Session, now: datetime) -> int:
    """Return how many mails may be sent now."""
    return session.scalar(select(func.count(Notice.id)).where(_may_go(now))) or 0


def next_to_send(session: Session, now: datetime, *, skipping: Collection[int]) -> Notice | None:
    """Return the mail to send next with its person: the oldest that waits or whose sender died, none of some ids."""
    query = select(Notice).where(_may_go(now)).options(joinedload(Notice.person))
    if skipping:
        query = query.where(Notice.id.not_in(list(skipping)))
    return session.scalar(query.order_by(Notice.due_on, Notice.id).limit(1))


def _may_go(now: datetime) -> ColumnElement[bool]:
    waits = and_(
        Notice.state == NoticeState.WAITING, or_(Notice.next_attempt_at.is_(None), Notice.next_attempt_at <= now)
    )
    abandoned = and_(Notice.state == NoticeState.SENDING, Notice.claimed_at <= now - CLAIM_LASTS)
    return or_(waits, abandoned)
