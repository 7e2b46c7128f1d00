"""The open actions of all leads at once, with what letters say of them; one person's own list is the plans'."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.core import clock
from tracker.notices.rules.facts import Blocked, Detail, LedAction, Said, Work
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, leading_today, may
from tracker.people.queries import left_by
from tracker.plans.models import Action, ActionLead, ActionLink, Plan, Update
from tracker.plans.queries.mine import steps_of
from tracker.plans.queries.newest import newest_updates
from tracker.plans.queries.rag import effective_rag
from tracker.plans.queries.window import UpdateWindow
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import LinkKind, LinkStatus, PlanStatus, UpdateState

RUNNING = (PlanStatus.APPROVED, PlanStatus.LIVE, PlanStatus.CLOSING)


def led_actions(
    session: Session, window: UpdateWindow, *, where: ColumnElement[bool] | None = None, with_deputies: bool = False
) -> dict[int, list[LedAction]]:
    """Return the open actions of running plans by the person who may update them as a lead, in one query.

    `where` narrows the actions. Somebody linked twice to an action counts once; deputies of people who are away are in
    it when asked for.
    """
    condition = where if where is not None else true()
    rows = session.execute(_led(condition, with_deputies=with_deputies))
    found: dict[tuple[int, int], LedAction] = {}
    for row in rows:
        key = (row.person_id, row.id)
        if key not in found:
            found[key] = _action(row, window)
    by_person: dict[int, list[LedAction]] = defaultdict(list)
    for (person_id, _), action in found.items():
        by_person[person_id].append(action)
    return by_person


def of_lead(person: Person, actions: Iterable[LedAction]) -> tuple[LedAction, ...]:
    """Return those actions that the person's role as a lead reaches today (domain A9)."""
    return tuple(action for action in actions if may(person, Permission.ACTION_MINE, action))


def work_of(session: Session, actions: Collection[LedAction], *, is_whole: bool = True) -> Work:
    """Return some actions with their milestones and last updates, in two queries.

    The whole of it has in two more what was sent back and what they wait for, which asking for updates needs not.
    """
    ids = {action.id for action in actions}
    steps, said = steps_of(session, ids), _said(session, ids)
    returned = _returned(session, ids) if is_whole else {}
    blocked = _blocked(session, ids) if is_whole else {}
    details = {
        key: Detail(said.get(key), steps.get(key, ()), returned.get(key), tuple(blocked.get(key, ()))) for key in ids
    }
    return Work(tuple(actions), details)


def leading_people(where: ColumnElement[bool]) -> Select[int]:
    """Return the query of the ids of everybody who may update some actions today, closed ones included."""
    leading = leading_today(with_deputies=False)
    query = select(leading.c.person_id).join(ActionLead, ActionLead.party_id == leading.c.party_id)
    return query.join(Action, Action.id == ActionLead.action_id).where(where)


def _led(where: ColumnElement[bool], *, with_deputies: bool) -> Any:
    leading = leading_today(with_deputies=with_deputies)
    return (
        select(Action.id, Action.plan_id, Action.area_id, Action.ref, Action.title, Action.state)
        .add_columns(Action.last_update_on, Action.red_from, effective_rag(clock.today()).label("rag"), Plan.slug)
        .add_columns(leading.c.person_id, ActionLead.position)
        .add_columns(leading.c.created_at.label("linked_at"), ActionLead.created_at.label("named_at"))
        .join(Plan, Plan.id == Action.plan_id)
        .join(ActionLead, ActionLead.action_id == Action.id)
        .join(leading, leading.c.party_id == ActionLead.party_id)
        .where(Plan.status.in_(RUNNING), Action.closed_code.is_(None), where)
        .order_by(Action.plan_id, Action.position, ActionLead.position, leading.c.person_id)
    )


def _action(row: Any, window: UpdateWindow) -> LedAction:
    is_accountable = row.position == 1
    return LedAction(
        id=row.id,
        plan_id=row.plan_id,
        area_id=row.area_id,
        person_id=row.person_id,
        slug=row.slug,
        ref=row.ref,
        title=row.title,
        rag=Rag(row.rag),
        state=row.state,
        is_accountable=is_accountable,
        last_update_on=row.last_update_on,
        red_from=row.red_from,
        given_on=max(row.linked_at, row.named_at).astimezone(clock.LONDON).date(),
        is_due=is_accountable and window.is_due(row.last_update_on),
    )


def _said(session: Session, ids: Collection[int]) -> dict[int, Said]:
    query = select(Update.action_id, Update.effective_on, Update.declared, Update.why, Update.happened)
    rows = session.execute(query.where(Update.id.in_(newest_updates(ids))))
    return {row.action_id: Said(row.effective_on, Rag(row.declared), row.why or row.happened) for row in rows}


def _returned(session: Session, ids: Collection[int]) -> dict[int, tuple[int, date]]:
    """Return the update of each action that was sent back and after which none was given."""
    later = aliased(Update)
    answered = (
        select(later.id)
        .where(later.action_id == Update.action_id, later.state == UpdateState.SUBMITTED, later.id > Update.id)
        .exists()
    )
    query = select(Update.action_id, Update.id, Update.changed_at).where(
        Update.action_id.in_(ids), Update.state == UpdateState.RETURNED, ~answered
    )
    rows = session.execute(query.order_by(Update.id))
    return {row.action_id: (row.id, row.changed_at.astimezone(clock.LONDON).date()) for row in rows}


def _blocked(session: Session, ids: Collection[int]) -> dict[int, list[Blocked]]:
    today = clock.today()
    target = aliased(Action)
    query = (
        select(ActionLink.from_id, target.ref, target.red_from)
        .join(target, target.id == ActionLink.to_id)
        .where(ActionLink.from_id.in_(ids), ActionLink.kind == LinkKind.DEPENDS_ON)
        .where(ActionLink.status == LinkStatus.CONFIRMED)
        .where(or_(ActionLink.ended_on.is_(None), ActionLink.ended_on > today))
        .where(target.closed_code.is_(None), target.red_from <= today)
        .order_by(ActionLink.id)
    )
    found: dict[int, list[Blocked]] = defaultdict(list)
    for from_id, ref, red_from in session.execute(query):
        if red_from is not None:
            found[from_id].append(Blocked(ref, red_from))
    return found


def unlinked_leads(where: ColumnElement[bool]) -> Select[int]:
    """Return the query of how many leads of open actions nobody may update for today, those who have left apart."""
    leading = leading_today(with_deputies=False)
    return (
        select(func.count(distinct(LeadParty.id)))
        .join(ActionLead, and_(ActionLead.party_id == LeadParty.id, ActionLead.position == 1))
        .join(Action, Action.id == ActionLead.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Plan.status.in_(RUNNING), Action.closed_code.is_(None), where)
        .where(~left_by(clock.today()), LeadParty.id.not_in(select(leading.c.party_id)))
    )
