"""Asks leads for the updates they owe: shows the very mail, and puts it into the outbox; at most once a week each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.notices.commands.outbox import put_in_outbox
from tracker.notices.exports.mails import Desk, Mail, written
from tracker.notices.models import Notice
from tracker.notices.queries.closings import Calendar, calendar
from tracker.notices.queries.leads import led_actions, of_lead, work_of
from tracker.notices.queries.outbox import last_asked, settings_of, with_key
from tracker.notices.queries.people import active_leads
from tracker.notices.queries.waiting import reach
from tracker.notices.rules.facts import LedAction, Work
from tracker.notices.rules.lead_news import due_entries
from tracker.notices.rules.letters import Letter, chase_letter
from tracker.notices.rules.timing import may_chase
from tracker.notices.rules.vocabulary import NoticeKind
from tracker.people.models import Person
from tracker.plans.models import Action


@dataclass(frozen=True)
class Lead:
    """A person with open actions: how many updates are owed for the next meeting, and when the office last asked."""

    person: Person
    actions: tuple[LedAction, ...]
    asked_on: date | None

    @property
    def accountable(self) -> tuple[LedAction, ...]:
        """Those that the person answers for."""
        return tuple(action for action in self.actions if action.is_accountable)

    @property
    def due(self) -> tuple[LedAction, ...]:
        """Those whose update is owed."""
        return tuple(action for action in self.actions if action.is_due)

    @property
    def may_be_asked(self) -> bool:
        """Whether something is owed and the office has not asked within the week."""
        return bool(self.due) and may_chase(clock.today(), self.asked_on)


def leads_of(session: Session, office: Person, around: Calendar | None = None) -> list[Lead]:
    """Return the leads whom somebody of the office cares for, by name, in three queries beside the calendar."""
    around = around or calendar(session)
    found = led_actions(session, around.window, where=reach(office, Action))
    people = active_leads(session, found)
    asked = last_asked(session, list(found))
    leads = [Lead(person, of_lead(person, found[person.id]), asked.get(person.id)) for person in people]
    return [lead for lead in leads if lead.accountable]


def chase_mail(session: Session, lead: Lead, desk: Desk, around: Calendar) -> Mail:
    """Return the mail that a lead would get now."""
    setting = settings_of(session, [lead.person.id]).get(lead.person.id)
    is_bare = desk.is_bare or (setting is not None and setting.is_bare)
    return written(_letter(work_of(session, lead.due, is_whole=False), lead, around, is_bare=is_bare), desk)


def chase(
    session: Session, leads: Collection[Lead], desk: Desk, around: Calendar, *, again: bool, form_token: str, by: Person
) -> list[Notice]:
    """Put a mail for each lead into the outbox; the same form sent twice sends one.

    Raises `Invalid` when one of them was asked within the week and `again` was not chosen, or owes nothing any more.
    """
    today = clock.today()
    sent: list[Notice] = []
    for lead in leads:
        repeated = with_key(session, f"chase:{lead.person.id}:{today}:{form_token}") if form_token else None
        first = with_key(session, f"chase:{lead.person.id}:{today}")
        if repeated is not None or (first is not None and form_token in first.told):
            continue
        if not lead.due:
            raise Invalid(None, f"{lead.person.name} has nothing due any more. Choose again")
        if not again and not may_chase(today, lead.asked_on):
            raise Invalid("again", f"{lead.person.name} was asked within the last week. Tick the box to ask again")
        key = f"chase:{lead.person.id}:{today}" + (f":{form_token}" if first is not None else "")
        mail = chase_mail(session, lead, desk, around)
        told = (form_token,)
        sent.append(put_in_outbox(session, lead.person, kind=NoticeKind.CHASE, key=key, mail=mail, told=told, by=by))
    return sent


def _letter(work: Work, lead: Lead, around: Calendar, *, is_bare: bool) -> Letter:
    window = around.window
    is_reminder = lead.asked_on is not None and window.opens_on is not None and lead.asked_on >= window.opens_on
    return chase_letter(
        due_entries(work, clock.today()),
        closes=_closes(around),
        total=len(lead.accountable),
        is_reminder=is_reminder,
        first_name=lead.person.first_name,
        is_bare=is_bare,
    )


def _closes(around: Calendar) -> str:
    """Return until when updates are wanted; once closed, by the meeting itself; else by the next meeting there is."""
    if around.closing is not None:
        return around.closing.words
    if around.last_closing is not None:
        day = around.last_closing.meeting_on
        return f"{day:%A} {day.day} {day:%B}"
    return "the next assurance meeting"
