"""Asks leads for the updates they owe: puts a mail for each into the outbox, at most once a week each."""

import secrets
from collections.abc import Collection

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.notices.commands.outbox import put_in_outbox
from tracker.notices.queries.asking import leads_of, letters_to
from tracker.notices.queries.closings import calendar
from tracker.notices.queries.outbox import known_keys
from tracker.notices.queries.people import hold_people
from tracker.notices.rules.asking import Lead
from tracker.notices.rules.letters import Writer
from tracker.notices.rules.timing import may_chase
from tracker.notices.rules.vocabulary import NoticeKind
from tracker.people.models import Person


def chase(
    session: Session, person_ids: Collection[int], writer: Writer, *, again: bool, form_token: str, by: Person
) -> list[Lead]:
    """Put a mail for each of some people into the outbox, and return the leads who have one now.

    Those whom `by` does not care for are left out. The same form sent twice sends one mail each; without the token of
    a form every call is one of its own. Raises `Invalid` when one of them was asked within the week and `again` was not
    chosen, or owes nothing any more.
    """
    hold_people(session, person_ids)
    around = calendar(session)
    leads = [lead for lead in leads_of(session, by, around) if lead.person_id in person_ids]
    token = form_token or secrets.token_urlsafe(24)
    keys = {lead.person_id: f"chase:{lead.person_id}:{token}" for lead in leads}
    sent_before = known_keys(session, keys.values())
    waiting = [lead for lead in leads if keys[lead.person_id] not in sent_before]
    for lead in waiting:
        _refuse(lead, again=again)
    for lead, letter in letters_to(session, waiting, around, is_bare=writer.is_bare):
        key, mail = keys[lead.person_id], writer.written(letter)
        put_in_outbox(session, lead.person_id, kind=NoticeKind.CHASE, key=key, mail=mail, by=by)
    return leads


def _refuse(lead: Lead, *, again: bool) -> None:
    if not lead.due:
        raise Invalid(None, f"{lead.name} has nothing due any more. Choose again")
    if not again and not may_chase(clock.today(), lead.asked_on):
        raise Invalid("again", f"{lead.name} was asked within the last week. Tick the box to ask again")
