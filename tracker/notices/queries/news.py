"""Everything that everybody may have to be told today, gathered once for all people; what is told is the rules'."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.audits.models import ImmediateConcern
from tracker.core import clock
from tracker.notices.queries import waiting
from tracker.notices.queries.answers import answers_awaited
from tracker.notices.queries.audit_news import AuditNews, audit_news
from tracker.notices.queries.closings import Calendar, calendar
from tracker.notices.queries.decided import decided_since
from tracker.notices.queries.leads import led_actions, of_lead, work_of
from tracker.notices.queries.people import people_to_tell
from tracker.notices.queries.remedials import concerns_waiting, re_audits_due, remedials_due
from tracker.notices.rules.answer_news import AnswerDue, answer_occasions
from tracker.notices.rules.audit_news import outcome_occasions, queue_occasions
from tracker.notices.rules.decided_news import Decided, decided_occasions
from tracker.notices.rules.facts import AuditDue, LedAction, RoundDone, Work
from tracker.notices.rules.lead_news import lead_occasions
from tracker.notices.rules.occasions import KEEPS_FOR, Occasion
from tracker.notices.rules.other_news import (
    Missing,
    auditor_occasions,
    missing_occasions,
    moderator_occasions,
    office_occasions,
)
from tracker.notices.rules.remedial_news import (
    ConcernWaits,
    ReAuditDue,
    RemedialDue,
    concern_occasions,
    owner_occasions,
    re_audit_occasions,
    remedial_occasions,
)
from tracker.people.models import Person
from tracker.people.policy import Permission, may, roles_of
from tracker.people.rules import Role
from tracker.plans.models import Action, Plan


@dataclass(frozen=True)
class News:
    """The facts of today that all letters are made of."""

    calendar: Calendar
    led: dict[int, tuple[LedAction, ...]]
    work: Work
    audits: dict[int, list[AuditDue]]
    concerns: list[str]
    rounds: list[RoundDone]
    names: dict[int, str] = field(default_factory=dict)
    decided: dict[int, list[Decided]] = field(default_factory=dict)
    remedials: dict[int, list[RemedialDue]] = field(default_factory=dict)
    concerns_waiting: list[ConcernWaits] = field(default_factory=list)
    re_audits: list[ReAuditDue] = field(default_factory=list)
    answers: dict[int, list[AnswerDue]] = field(default_factory=dict)
    sent_audits: AuditNews = field(default_factory=AuditNews)


def gather(session: Session, *, with_demonstration: bool = False) -> tuple[list[Person], News]:
    """Return whom to tell and what there is to tell, in a number of queries that does not grow."""
    people = people_to_tell(session, with_demonstration=with_demonstration)
    around = calendar(session)
    found = led_actions(session, around.window, with_deputies=True)
    led = {person.id: of_lead(person, found.get(person.id, ())) for person in people}
    distinct = {action.id: action for actions in led.values() for action in actions}
    return people, News(
        calendar=around,
        led=led,
        work=work_of(session, list(distinct.values())),
        audits=waiting.audits_due(session),
        concerns=waiting.open_concerns(session),
        rounds=waiting.rounds_past(session, clock.today() - KEEPS_FOR),
        names={person.id: person.name for person in people},
        decided=decided_since(session, clock.today() - KEEPS_FOR),
        remedials=remedials_due(session),
        concerns_waiting=concerns_waiting(session),
        re_audits=re_audits_due(session),
        answers=answers_awaited(session),
        sent_audits=audit_news(session, clock.today() - KEEPS_FOR),
    )


def occasions_of(session: Session, person: Person, news: News) -> list[Occasion]:
    """Return all that one person may have to be told today, by each of the roles."""
    return [*_by_role(session, person, news)]


def _by_role(session: Session, person: Person, news: News) -> Iterator[Occasion]:
    roles, today = roles_of(person), clock.today()
    # Whoever worked with the child needs no role to be asked.
    yield from answer_occasions(news.answers.get(person.id, ()))
    yield from lead_occasions(Work(news.led[person.id], news.work.details), news.calendar.closing, today)
    if roles & {Role.LEAD, Role.OFFICE}:
        yield from decided_occasions(news.decided.get(person.id, ()))
    if Role.AUDITOR in roles:
        yield from auditor_occasions(news.audits.get(person.id, ()))
        yield from outcome_occasions(news.sent_audits.outcomes.get(person.id, ()))
    # Concerns and rounds are nobody's of a plan: a moderator of one may open none, and is told of none.
    if may(person, Permission.CONCERN_READ, ImmediateConcern()):
        yield from moderator_occasions(news.concerns, news.rounds, today)
        yield from queue_occasions(news.sent_audits.queues(person.id, today))
        yield from _after_audits(person, news, today)
    elif may(person, Permission.REMEDIAL_DO):
        yield from owner_occasions(news.remedials.get(person.id, ()), today)
    if may(person, Permission.LEAD_CHASE):
        yield from _for_office(session, person, news)


def _after_audits(person: Person, news: News, today: date) -> Iterator[Occasion]:
    """Tell a moderator of what follows from audits: of one's own what was given, of all what is late or to check."""
    own = {one.public_id for one in news.remedials.get(person.id, ())}
    others = [one for given in news.remedials.values() for one in given if one.public_id not in own]
    yield from owner_occasions(news.remedials.get(person.id, ()), today)
    yield from remedial_occasions(others, today)
    is_head = may(person, Permission.CONCERN_CLOSE, ImmediateConcern())
    yield from concern_occasions(news.concerns_waiting, is_head=is_head)
    yield from re_audit_occasions(news.re_audits)


def _for_office(session: Session, person: Person, news: News) -> Iterator[Occasion]:
    actions, plans = waiting.reach(person, Action), waiting.reach(person, Plan)
    around = news.calendar
    yield from missing_occasions(_missing(person, news), around.closing, around.last_closing, clock.today())
    yield from office_occasions(
        waiting.leads_left(session, actions),
        waiting.past_grace(session, actions, around.meetings),
        waiting.open_doubts(session, plans),
    )


def _missing(person: Person, news: News) -> Missing:
    """Return what is owed among the actions that the person's care reaches; those that nobody may update count not."""
    reached = [
        (lead, action)
        for lead, actions in news.led.items()
        for action in actions
        if action.is_accountable and may(person, Permission.LEAD_CHASE, action)
    ]
    owed = [(lead, action) for lead, action in reached if action.is_due]
    leads = tuple(dict.fromkeys(news.names[lead] for lead, _ in owed))
    return Missing(len({action.id for _, action in owed}), len({action.id for _, action in reached}), leads)
