"""What waits for the programme office: doubts, claims, dates to decide, leads who left, and counts of audits."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.audits.models import Audit, AuditRound, CaseReference, ImmediateConcern
from tracker.audits.rules.vocabulary import OPEN_STATES, SENT_STATES, AuditState
from tracker.core import clock
from tracker.notices.queries.leads import RUNNING, unlinked_leads
from tracker.notices.rules.facts import AuditDue, RoundDone
from tracker.notices.rules.other_news import LeadLeft, PlanWork
from tracker.people.models import BodyMeeting, LeadParty, Person, Unit
from tracker.people.policy import Permission, visible
from tracker.people.queries import left_by, meetings
from tracker.plans.models import Action, ActionLead, DateChange, ImportDoubt, Milestone, Override, Plan, SignOff
from tracker.plans.queries.undated import actions_past_grace
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.states import ActionState, DateChangeState, SignOffKind
from tracker.plans.rules.vocabulary import MilestoneState

_MOST_PLANS = 5
# How long before its end an override is told of.
_SOON = timedelta(days=7)


class Waiting(StrEnum):
    """The lists of actions that wait for the office."""

    CHECKS = "checks"
    DATES = "dates"
    UNDATED = "undated"
    ASK_AGAIN = "ask-again"
    BODY = "body"
    REVIEWS = "reviews"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, in numbers alone: of audits and concerns the office may know no more (domain A9)."""

    checks: int
    dates: int
    late_audits: int
    concerns: int
    unlinked: int
    plans: int
    ask_again: int = 0
    overrides: int = 0
    body: int = 0
    reviews: int = 0
    ending: int = 0


@dataclass(frozen=True, slots=True)
class WaitingAction:
    """An action that waits, with where it stands."""

    slug: str
    plan: str
    ref: str
    title: str


def reach(person: Person, kind: type) -> ColumnElement[bool]:
    """Return the condition under which the office's care reaches rows of a kind (domain A9).

    What belongs to no plan and no area, as audits do, is reached by the office of the whole service alone.
    """
    return visible(person, Permission.LEAD_CHASE, kind)


def counts(session: Session, office: Person) -> Counts:
    """Return how much of each kind waits that the care of somebody of the office reaches, in one query."""
    where = reach(office, Action)
    actions = select(func.count(Action.id)).join(Plan, Plan.id == Action.plan_id).where(_is_running(), where)
    late = select(func.count(Audit.id)).where(
        Audit.state.in_(OPEN_STATES), Audit.due_on < clock.today(), reach(office, Audit)
    )
    is_open = ImmediateConcern.acknowledged_at.is_(None)
    concerns = select(func.count(ImmediateConcern.id)).where(is_open, reach(office, ImmediateConcern))
    wanted: list[Select[Any]] = [
        actions.where(_is_claimed()),
        actions.where(_has_wish()),
        late,
        concerns,
        unlinked_leads(where),
        select(func.count(Plan.id)).where(reach(office, Plan)),
        actions.where(_asks_again()),
        actions.where(_has_override()),
        actions.where(_waits_for_body()),
        actions.where(_is_to_be_reviewed()),
        actions.where(_override_ends()),
    ]
    return Counts(*session.execute(select(*(one.scalar_subquery() for one in wanted))).one())


def waiting_actions(session: Session, what: Waiting, where: ColumnElement[bool]) -> list[WaitingAction]:
    """Return the actions that wait for one thing, in plan order."""
    if what is Waiting.UNDATED:
        late = actions_past_grace(session, and_(_is_running(), where), meetings(session))
        return [WaitingAction(one.slug, one.plan, one.ref, one.title) for one in late]
    is_wanted = _WANTED[what]()
    query = (
        select(Plan.slug, Plan.title.label("plan"), Action.ref, Action.title)
        .join(Plan, Plan.id == Action.plan_id)
        .where(_is_running(), is_wanted, where)
        .order_by(Plan.id, Action.position, Action.id)
    )
    return [WaitingAction(*row) for row in session.execute(query)]


def open_doubts(session: Session, where: ColumnElement[bool]) -> list[PlanWork]:
    """Return how many doubts of each plan's import are open, with the day of the import."""
    query = (
        select(Plan.id, Plan.slug, Plan.title, func.count(ImportDoubt.id), func.min(ImportDoubt.created_at))
        .join(ImportDoubt, ImportDoubt.plan_id == Plan.id)
        .where(ImportDoubt.settled_on.is_(None), where)
        .group_by(Plan.id, Plan.slug, Plan.title)
        .order_by(Plan.id)
    )
    return [
        PlanWork(number, slug, title, count, at.astimezone(clock.LONDON).date())
        for number, slug, title, count, at in session.execute(query)
    ]


def running_plans(session: Session, where: ColumnElement[bool]) -> list[tuple[str, str]]:
    """Return the plans that are being worked on, the newest first, each as its address part and title."""
    query = select(Plan.slug, Plan.title).where(Plan.status.in_(RUNNING), where)
    return [(slug, title) for slug, title in session.execute(query.order_by(Plan.id.desc()).limit(_MOST_PLANS))]


def past_grace(session: Session, where: ColumnElement[bool], calendar: Sequence[BodyMeeting]) -> list[PlanWork]:
    """Return by plan and day how many actions have been without a date for longer than the grace of their plan."""
    late = actions_past_grace(session, and_(_is_running(), where), calendar)
    found = Counter((one.plan_id, one.past_grace_on, one.slug, one.plan) for one in late)
    return [PlanWork(number, slug, title, count, on) for (number, on, slug, title), count in sorted(found.items())]


def leads_left(session: Session, where: ColumnElement[bool]) -> list[LeadLeft]:
    """Return the leads who have left with actions still open, by name."""
    query = (
        select(LeadParty.id, LeadParty.name, LeadParty.left_on, func.count(Action.id))
        .join(ActionLead, and_(ActionLead.party_id == LeadParty.id, ActionLead.position == 1))
        .join(Action, Action.id == ActionLead.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(left_by(clock.today()), Plan.status.in_(RUNNING), Action.closed_code.is_(None), where)
        .group_by(LeadParty.id, LeadParty.name, LeadParty.left_on)
        .order_by(LeadParty.name, LeadParty.id)
    )
    rows = session.execute(query)
    return [LeadLeft(number, name, left_on, count) for number, name, left_on, count in rows if left_on is not None]


def audits_due(session: Session) -> dict[int, list[AuditDue]]:
    """Return the audits that are not sent, by auditor, with nothing of what they hold."""
    query = (
        select(Audit.auditor_id, Audit.public_id, CaseReference.code, Unit.name, Audit.created_at, Audit.due_on)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .where(Audit.state.in_(OPEN_STATES))
        .order_by(Audit.due_on, Audit.id)
    )
    found: dict[int, list[AuditDue]] = {}
    for auditor, number, code, team, at, due_on in session.execute(query):
        allocated_on = at.astimezone(clock.LONDON).date()
        found.setdefault(auditor, []).append(AuditDue(number, code, team, allocated_on, due_on))
    return found


def open_concerns(session: Session) -> list[str]:
    """Return the numbers of the concerns that nobody has acknowledged, the oldest first."""
    query = select(ImmediateConcern.public_id).where(ImmediateConcern.acknowledged_at.is_(None))
    return list(session.scalars(query.order_by(ImmediateConcern.raised_at, ImmediateConcern.id)))


def rounds_past(session: Session, since: date) -> list[RoundDone]:
    """Return how far the rounds came whose day passed since a day; void audits are not counted."""
    sent = func.sum(case((Audit.state.in_(SENT_STATES), 1), else_=0))
    query = (
        select(AuditRound.slug, AuditRound.due_on, func.count(Audit.id), sent)
        .join(Audit, and_(Audit.round_id == AuditRound.id, Audit.state != AuditState.VOID))
        .where(AuditRound.due_on < clock.today(), AuditRound.due_on >= since)
        .group_by(AuditRound.id, AuditRound.slug, AuditRound.due_on)
        .order_by(AuditRound.due_on, AuditRound.id)
    )
    return [RoundDone(slug, due_on, count, int(done)) for slug, due_on, count, done in session.execute(query)]


def _is_running() -> ColumnElement[bool]:
    return and_(Plan.status.in_(RUNNING), Action.closed_code.is_(None))


def _is_claimed() -> ColumnElement[bool]:
    return Action.state == ActionState.CLAIMED


def _has_wish() -> ColumnElement[bool]:
    """Whether a date of an action waits for the office."""
    return _date_asked(of_body=False)


def _date_asked(*, of_body: bool) -> ColumnElement[bool]:
    wish = select(DateChange.id).join(Milestone, Milestone.id == DateChange.milestone_id)
    is_asked = (DateChange.state == DateChangeState.ASKED) & DateChange.needs_body.is_(of_body)
    return wish.where(Milestone.action_id == Action.id, is_asked).exists()


def _asks_again() -> ColumnElement[bool]:
    """Whether the day to ask again has come for something of an action that has no date (ux 6)."""
    step = select(Milestone.id).where(Milestone.action_id == Action.id, Milestone.state != MilestoneState.DONE)
    return step.where(Milestone.due.is_(None), Milestone.ask_again_on <= clock.today()).exists()


def _has_override() -> ColumnElement[bool]:
    """Whether an override of an action waits for the office."""
    return _override_asked(of_body=False)


def _override_asked(*, of_body: bool) -> ColumnElement[bool]:
    asked = select(Override.id).where(Override.action_id == Action.id, Override.state == OverrideState.ASKED)
    return asked.where(Override.needs_body.is_(of_body)).exists()


def _waits_for_body() -> ColumnElement[bool]:
    """Whether a date or an override of an action is more than the office decides, and waits for the body."""
    return or_(_date_asked(of_body=True), _override_asked(of_body=True))


def _is_to_be_reviewed() -> ColumnElement[bool]:
    """Whether the day has come on which an action on hold was to be looked at again; the last hold counts."""
    hold = aliased(SignOff)
    last = select(func.max(hold.id)).where(hold.action_id == SignOff.action_id, hold.kind == SignOffKind.ON_HOLD)
    due = select(SignOff.id).where(SignOff.action_id == Action.id, SignOff.review_on <= clock.today())
    return and_(Action.state == ActionState.ON_HOLD, due.where(SignOff.id == last.scalar_subquery()).exists())


def _override_ends() -> ColumnElement[bool]:
    """Whether an override that counts today ends within a week."""
    today = clock.today()
    counts_now = select(Override.id).where(
        Override.action_id == Action.id, Override.state == OverrideState.APPROVED, Override.ended_on.is_(None)
    )
    return counts_now.where(Override.expires_on.between(today, today + _SOON)).exists()


_WANTED: dict[Waiting, Callable[[], ColumnElement[bool]]] = {
    Waiting.CHECKS: _is_claimed,
    Waiting.DATES: _has_wish,
    Waiting.ASK_AGAIN: _asks_again,
    Waiting.BODY: _waits_for_body,
    Waiting.REVIEWS: _is_to_be_reviewed,
    Waiting.ENDING: _override_ends,
}
