"""Writes today's digests into the outbox, one a person at most; run twice a day it writes nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.notices.commands.outbox import put_in_outbox
from tracker.notices.queries.news import gather, occasions_of
from tracker.notices.queries.outbox import have_digest, settings_of, told_to
from tracker.notices.rules.letters import Writer, letter_of
from tracker.notices.rules.timing import is_first_of_week, told_on
from tracker.notices.rules.vocabulary import Frequency, NoticeKind


@dataclass(frozen=True)
class Written:
    """A digest that was written: for whom, and its subject."""

    name: str
    subject: str


def write_digests(session: Session, writer: Writer, *, with_demonstration: bool = False) -> Iterator[Written]:
    """Put today's digest of each person into the outbox who has something to be told and has none yet."""
    today = clock.today()
    people, news = gather(session, with_demonstration=with_demonstration)
    told, done, settings = told_to(session, today), have_digest(session, today), settings_of(session)
    for person in people:
        if person.id in done:
            continue
        setting = settings.get(person.id)
        frequency = setting.frequency if setting is not None else Frequency.DAILY
        chosen = told_on(
            today, occasions_of(session, person, news), told=told.get(person.id, set()), frequency=frequency
        )
        if not chosen:
            continue
        letter = letter_of(
            chosen,
            first_name=person.first_name,
            is_bare=writer.is_bare or (setting is not None and setting.is_bare),
            is_weekly=frequency is Frequency.WEEKLY and is_first_of_week(today),
        )
        put_in_outbox(
            session,
            person.id,
            kind=NoticeKind.DIGEST,
            key=f"digest:{person.id}:{today}",
            mail=writer.written(letter),
            told=tuple(one.key for one in chosen),
        )
        yield Written(person.name, letter.subject)
