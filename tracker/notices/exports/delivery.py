"""Carries the outbox to the mail server, one mail after another; several may do so at once, and a kill loses nothing.

A mail is claimed and that is stored before the server is asked, and what the server said is stored at once. Dying in
between leaves the claim, which another run takes over after some minutes with the same Message-ID.
"""

import hashlib
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core import clock
from tracker.notices.commands import outbox as commands
from tracker.notices.models import Notice
from tracker.notices.queries import outbox as queries
from tracker.notices.rules.timing import is_stale
from tracker.notices.rules.vocabulary import NoticeState

_TIMEOUT = 30
_LONGEST_HEADER = 900
_TOO_OLD = "It was too old to be sent when the mail server could be used"


class MailServerError(Exception):
    """The mail server cannot be used at all; its words say what to look at and hold no address of a person."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are given in, and from whom they come."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass
class Tally:
    """What became of the mails of one run."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    dropped: int = 0


def deliver(
    session: Session, server: MailServer, *, with_demonstration: bool = False, after_each: Callable[[], None]
) -> Tally:
    """Send every mail that may go now, and commit after each; raises `MailServerError` when nothing can be sent.

    An address that is refused does not stop the others. Who may not sign in, and demonstration people unless asked
    for, get none.
    """
    tally, seen = Tally(), set[int]()
    with _connection(server) as smtp:
        while (notice := queries.next_to_send(session, clock.now(), skipping=seen)) is not None:
            seen.add(notice.id)
            if why := _why_not(notice, with_demonstration=with_demonstration):
                commands.drop(session, notice, why=why)
                session.commit()
                tally.dropped += 1
            elif _claimed(session, notice):
                _send(session, smtp, notice, server, tally)
            after_each()
    return tally


def message_of(notice: Notice, server: MailServer) -> EmailMessage:
    """Return a mail with its headers; the Message-ID is the same at every try, so that a double can be told."""
    name, sender = parseaddr(server.sender)
    domain = sender.rpartition("@")[2]
    message = EmailMessage()
    message["Subject"] = notice.subject
    message["From"] = Address(display_name=name or "Improvement Tracker", addr_spec=sender)
    message["To"] = Address(display_name=_plain(notice.person.name), addr_spec=notice.person.email)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{hashlib.sha256(notice.key.encode()).hexdigest()[:32]}.{notice.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text, cte="quoted-printable")
    message.add_alternative(notice.html, subtype="html", cte="quoted-printable")
    # A subject longer than a line would begin with a line of its own, which some readers show as a space.
    message.policy = message.policy.clone(max_line_length=_LONGEST_HEADER)
    return message


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())


def _why_not(notice: Notice, *, with_demonstration: bool) -> str:
    if not notice.person.is_active:
        return "The person may no longer sign in"
    if notice.person.is_demonstration and not with_demonstration:
        return "People of the demonstration get no mail"
    return _TOO_OLD if is_stale(notice.due_on, clock.today()) else ""


def _claimed(session: Session, notice: Notice) -> bool:
    """Claim a mail and store that; false when somebody else was quicker."""
    try:
        commands.claim(session, notice)
        session.commit()
    except StaleDataError:
        session.rollback()
        return False
    return True


def _send(session: Session, smtp: smtplib.SMTP, notice: Notice, server: MailServer, tally: Tally) -> None:
    try:
        smtp.send_message(message_of(notice, server))
    except OSError as error:
        _refused(session, notice, _in_words(error), tally)
        if isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException):
            raise MailServerError("The mail server closed the connection. What was not sent waits") from error
        return
    commands.note_sent(session, notice)
    session.commit()
    tally.sent += 1


def _refused(session: Session, notice: Notice, why: str, tally: Tally) -> None:
    commands.note_refused(session, notice, why=why)
    session.commit()
    if notice.state is NoticeState.FAILED:
        tally.failed += 1
    else:
        tally.waiting += 1


def _in_words(error: OSError) -> str:
    """Return why a mail was refused, with the server's number and without its words, which repeat the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in error.recipients.values()})
        return f"The mail server refused the person's address ({', '.join(codes)})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refused the mail ({error.smtp_code})"
    return "The connection to the mail server broke, or it cannot take such an address"


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    try:
        smtp = _opened(server)
    except smtplib.SMTPAuthenticationError as error:
        raise MailServerError("The mail server refused the user or the password") from error
    except ssl.SSLError as error:
        raise MailServerError(f"The certificate of {server.host} cannot be trusted, or it speaks no TLS") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(f"The mail server {server.host}:{server.port} cannot be used") from error
    try:
        yield smtp
    finally:
        smtp.close()


def _opened(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    try:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
    except OSError:
        smtp.close()
        raise
    return smtp
