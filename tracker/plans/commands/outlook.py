"""Stores the outlook of an action after one of its facts changed; the rule is in rules, the facts in queries."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.plans.models import Action, ActionLink, Milestone, Plan
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.states import LinkKind, LinkStatus
from tracker.plans.rules.tables import Progress, no_progress
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

# After so many actions of a large plan it is told how far the work on it is.
EVERY = 100
_HELD = "plans whose outlooks are held back"


@contextmanager
def outlooks_at_the_end(session: Session) -> Iterator[None]:
    """Hold outlooks back while many facts are brought in, and work out those of each plan touched once, at the end."""
    with outlooks_held_back(session) as held:
        yield
    for plan_id in sorted(held):
        refresh_plan(session, session.get_one(Plan, plan_id))


@contextmanager
def outlooks_held_back(session: Session) -> Iterator[set[int]]:
    """Hold outlooks back and give the ids of the plans touched; what is undone at once needs no outlook at all.

    Within a block that holds them back already, that one goes on holding them.
    """
    if _HELD in session.info:
        yield session.info[_HELD]
        return
    held: set[int] = set()
    session.info[_HELD] = held
    try:
        yield held
    finally:
        del session.info[_HELD]


def refresh_outlook(session: Session, action: Action) -> None:
    """Work out an action's outlook from its facts and store its dates, and those of actions that it blocks."""
    if _HELD in session.info:
        session.info[_HELD].add(action.plan_id)
    else:
        fresh_outlook(session, action)


def fresh_outlook(session: Session, action: Action) -> Outlook | None:
    """Refresh an action's outlook even while outlooks are held back, and return it; None for a draft plan's action."""
    session.flush()
    plan = session.get_one(Plan, action.plan_id)
    before = action.red_from
    outlook = outlooks(session, plan, day=clock.today(), action_ids=[action.id]).get(action.id)
    if outlook is None:
        return None
    _store(action, outlook)
    session.flush()
    if action.red_from != before:
        for blocked in _blocked_by(session, [action.id]):
            fresh_outlook(session, blocked)
    return outlook


def refresh_plan(session: Session, plan: Plan, *, progress: Progress = no_progress) -> None:
    """Work out and store the outlook of every action of a plan, as after an import, and of those that they block.

    `progress` is told now and then how many actions have theirs.
    """
    session.flush()
    found = outlooks(session, plan, day=clock.today())
    moved = []
    actions = session.scalars(select(Action).where(Action.plan_id == plan.id)).all()
    for done, action in enumerate(actions, start=1):
        before = action.red_from
        if action.id in found:
            _store(action, found[action.id])
        if action.red_from != before:
            moved.append(action.id)
        if done % EVERY == 0:
            session.flush()
            progress(done)
    session.flush()
    progress(len(actions))
    for blocked in _blocked_by(session, moved):
        if blocked.plan_id != plan.id:
            fresh_outlook(session, blocked)


def refresh_waiting(session: Session) -> None:
    """Work out the outlook of every action that waits on a body, as after a change of the calendar (domain A4, 4)."""
    waits = (Milestone.kind == MilestoneKind.WAITING) & (Milestone.state != MilestoneState.DONE)
    query = select(Action).where(Action.id.in_(select(Milestone.action_id).where(waits))).order_by(Action.id)
    for action in session.scalars(query).all():
        refresh_outlook(session, action)


def _store(action: Action, outlook: Outlook) -> None:
    declared = outlook.declared
    action.closed_code = outlook.closed.value if outlook.closed else None
    action.declared_code = declared.value if declared and not declared.is_closed else None
    action.amber_from, action.red_from = outlook.amber_from, outlook.red_from
    action.is_unscheduled = outlook.unscheduled
    action.override_until = outlook.override_until
    action.override_code = outlook.override.value.value if outlook.override and outlook.override_until else None


def _blocked_by(session: Session, action_ids: Collection[int]) -> list[Action]:
    query = select(Action).join(ActionLink, ActionLink.from_id == Action.id)
    query = query.where(
        ActionLink.to_id.in_(action_ids),
        ActionLink.kind == LinkKind.DEPENDS_ON,
        ActionLink.status == LinkStatus.CONFIRMED,
        ActionLink.ended_on.is_(None),
    )
    return list(session.scalars(query.order_by(Action.id)).unique()) if action_ids else []
