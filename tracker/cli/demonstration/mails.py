"""The mails that the invented council was sent: digests, and letters by which the office asked for updates."""

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import select

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, listed, table
from tracker.extensions import mail_desk
from tracker.notices.commands import outbox
from tracker.notices.commands.chasing import chase
from tracker.notices.commands.digests import write_digests
from tracker.notices.models import Notice
from tracker.notices.queries.asking import leads_of
from tracker.notices.rules.vocabulary import NoticeState
from tracker.plans.commands.outlook import refresh_plan


def mails(council: Council) -> Iterator[Entry]:
    """Give each batch of mails on the working day on which it went out."""
    for row in table("mails"):
        by = council.office if row["act"] == "chase" else None
        yield Entry(council.offsets.working_day(row["day"]), by, partial(_send, council, row))


def _send(council: Council, row: Row) -> None:
    """Write the mails with what is known that day, and say that the mail server took them."""
    refresh_plan(council.session, council.plan)
    _ACTS[row["act"]](council, row)
    waiting = select(Notice).where(Notice.state == NoticeState.WAITING).order_by(Notice.id)
    for notice in council.session.scalars(waiting).all():
        outbox.claim(council.session, notice)
        outbox.note_sent(council.session, notice)


def _digests(council: Council, _row: Row) -> None:
    desk = mail_desk(council.organisation)
    for _ in write_digests(council.session, desk, with_demonstration=True):
        pass


def _chase(council: Council, row: Row) -> None:
    """Ask those who owe something that day: a meeting that a weekend moved may leave one of them with nothing due."""
    session, asked = council.session, {council.people[address].id for address in listed(row["people"])}
    owing = {lead.person_id for lead in leads_of(session, council.office) if lead.due}
    desk = mail_desk(council.organisation)
    chase(session, asked & owing, desk, again=True, form_token="", by=council.office)


_ACTS: dict[str, Callable[[Council, Row], None]] = {"digest": _digests, "chase": _chase}
