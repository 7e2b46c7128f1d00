"""Puts mails in the outbox and says how far each has come; the mail server is not here."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.notices.models import Notice
from tracker.notices.rules.letters import Mail
from tracker.notices.rules.timing import wait_after
from tracker.notices.rules.vocabulary import NoticeKind, NoticeState
from tracker.people.models import Person

_LONGEST_ERROR = 300


def put_in_outbox(
    session: Session,
    person_id: int,
    *,
    kind: NoticeKind,
    key: str,
    mail: Mail,
    told: tuple[str, ...] = (),
    by: Person | None = None,
    due_on: date | None = None,
) -> Notice:
    """Add a mail that waits to be sent; `key` makes the occurrence unique."""
    author = by.id if by is not None else 0
    notice = Notice(
        person_id=person_id,
        kind=kind,
        key=key,
        due_on=due_on or clock.today(),
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        told=list(told),
        created_by=author,
        changed_by=author,
    )
    session.add(notice)
    session.flush()
    return notice


def claim(session: Session, notice: Notice) -> None:
    """Take a mail to send it; whoever was quicker makes the flush fail, as two versions of a record always do."""
    notice.state, notice.claimed_at = NoticeState.SENDING, clock.now()
    notice.attempts += 1
    session.flush()


def note_sent(session: Session, notice: Notice) -> None:
    """Say that the mail server took a mail."""
    notice.state, notice.sent_at, notice.error = NoticeState.SENT, clock.now(), ""
    session.flush()


def note_refused(session: Session, notice: Notice, *, why: str) -> None:
    """Say that a mail was not taken, in plain words: it is tried again later, and given up after the fifth try."""
    wait = wait_after(notice.attempts)
    notice.error = why[:_LONGEST_ERROR]
    notice.state = NoticeState.FAILED if wait is None else NoticeState.WAITING
    notice.next_attempt_at = None if wait is None else clock.now() + wait
    session.flush()


def drop(session: Session, notice: Notice, *, why: str) -> None:
    """Say that a mail is not sent at all, and why."""
    notice.state, notice.error = NoticeState.DROPPED, why[:_LONGEST_ERROR]
    session.flush()
