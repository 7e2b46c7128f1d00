"""Which leads the office may ask for updates, with what each owes and when each was last asked."""

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.notices.queries.closings import Calendar, calendar
from tracker.notices.queries.leads import led_actions, of_lead, work_of
from tracker.notices.queries.outbox import last_asked
from tracker.notices.queries.people import people_to_ask
from tracker.notices.queries.waiting import reach
from tracker.notices.rules.asking import Lead, asking_letter
from tracker.notices.rules.facts import LedAction
from tracker.notices.rules.letters import Letter
from tracker.people.models import Person
from tracker.plans.models import Action


def leads_of(session: Session, office: Person, around: Calendar | None = None) -> list[Lead]:
    """Return the leads whom somebody of the office cares for, by name, in three queries beside the calendar."""
    around = around or calendar(session)
    found = led_actions(session, around.window, where=reach(office, Action))
    asked = last_asked(session, list(found))
    leads = [
        Lead(
            person_id=person.id,
            name=person.name,
            first_name=person.first_name,
            actions=of_lead(person, found[person.id]),
            asked_on=asked.get(person.id),
            is_bare=is_bare,
        )
        for person, is_bare in people_to_ask(session, found)
    ]
    return [lead for lead in leads if lead.accountable]


def letters_to(
    session: Session, leads: Collection[Lead], around: Calendar, *, is_bare: bool
) -> Iterator[tuple[Lead, Letter]]:
    """Yield each of some leads with the letter that asks for what is owed now, in two queries for all of them."""
    work, opened_on, today = work_of(session, _owed(leads), is_whole=False), around.window.opens_on, clock.today()
    for lead in leads:
        yield (
            lead,
            asking_letter(lead, work, closes=around.wanted_by, opened_on=opened_on, day=today, is_bare=is_bare),
        )


def _owed(leads: Collection[Lead]) -> list[LedAction]:
    return [action for lead in leads for action in lead.due]
