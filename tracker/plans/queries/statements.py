"""The four statements that read a plan's actions with their facts; they are run, and their rows read, in records.

Each is built once for each scope: building one takes as long as running it, and every command and page asks them.
"""

from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from tracker.people.models import LeadParty
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    DateChange,
    Milestone,
    MilestoneStep,
    Override,
    SignOff,
    Update,
)
from tracker.plans.queries.counting import counted_steps
from tracker.plans.queries.timeline import ActionRow
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.states import LinkKind, LinkStatus, UpdateState

TARGET = ("id", "ref", "title", "plan_id", "red_from")


class Scope(Enum):
    """Which actions of the plan `plan_id` are wanted: all, those of `action_ids`, or those of the area `area_id`."""

    PLAN = "plan"
    ACTIONS = "actions"
    AREA = "area"


def _wanted(scope: Scope) -> ColumnElement[bool]:
    """Return which actions are wanted: with some of a plan come those that they depend on, whose colour they need."""
    in_plan = Action.plan_id == bindparam("plan_id")
    if scope is Scope.PLAN:
        return in_plan
    if scope is Scope.AREA:
        wanted = Action.area_id == bindparam("area_id")
    else:
        wanted = Action.id.in_(bindparam("action_ids", expanding=True))
    chosen = select(Action.id).where(in_plan, wanted)
    blocking = select(ActionLink.to_id).where(ActionLink.from_id.in_(chosen), ActionLink.kind == LinkKind.DEPENDS_ON)
    return in_plan & or_(wanted, Action.id.in_(blocking))


@cache
def actions_with_links(scope: Scope) -> Select[Any]:
    """Return actions in plan order, a row for each of their leads in order with each action that they depend on.

    Both are few. Dependencies come also where they have ended or begin later.
    """
    columns = [getattr(Action, name) for name in ActionRow.__slots__ if name != "leads"]
    target = aliased(Action)
    waits = and_(
        ActionLink.from_id == Action.id,
        ActionLink.kind == LinkKind.DEPENDS_ON,
        ActionLink.status == LinkStatus.CONFIRMED,
    )
    return (
        select(*columns)
        .add_columns(
            LeadParty.id.label("party_id"),
            LeadParty.name,
            LeadParty.kind.label("party_kind"),
            LeadParty.post,
            LeadParty.left_on,
        )
        .add_columns(ActionLink.id.label("link_id"), ActionLink.effective_on.label("waits_from"), ActionLink.ended_on)
        .add_columns(*(getattr(target, name).label(f"target_{name}") for name in TARGET))
        .outerjoin(ActionLead, ActionLead.action_id == Action.id)
        .outerjoin(LeadParty, LeadParty.id == ActionLead.party_id)
        .outerjoin(ActionLink, waits)
        .outerjoin(target, target.id == ActionLink.to_id)
        .where(_wanted(scope))
        .order_by(Action.position, Action.id, ActionLead.position, ActionLink.id)
    )


@cache
def milestones_with_steps(scope: Scope) -> Select[Any]:
    """Return milestones in plan order, a row for each of their steps as recorded; steps of a withdrawn update miss."""
    step = MilestoneStep.__table__.c
    steps = [step.kind, step.effective_on, step.occurrence_due]
    return (
        select(Milestone.__table__, step.id.label("step_id"), *(one.label(f"step_{one.name}") for one in steps))
        .join(Action, Action.id == Milestone.action_id)
        .outerjoin(MilestoneStep, and_(MilestoneStep.milestone_id == Milestone.id, counted_steps()))
        .where(_wanted(scope))
        .order_by(Milestone.action_id, Milestone.position, step.id)
    )


@cache
def date_changes(scope: Scope) -> Select[Any]:
    """Return the changes of date of each milestone by number."""
    changes = select(DateChange.__table__).join(Milestone, Milestone.id == DateChange.milestone_id)
    changes = changes.join(Action, Action.id == Milestone.action_id).where(_wanted(scope))
    return changes.order_by(DateChange.milestone_id, DateChange.number)


@cache
def updates_and_sign_offs(scope: Scope) -> CompoundSelect[Any]:
    """Return updates that count, sign-offs and approved overrides, as rows of one shape (domain A5).

    Returned and withdrawn updates never count. An override says its code, with the one that it betters as its words.
    """
    return union_all(_updates(scope), _sign_offs(scope), _overrides(scope))


def _updates(scope: Scope) -> Select[*tuple[Any, ...]]:
    query = select(
        literal("update").label("source"),
        Update.action_id,
        Update.id,
        Update.effective_on,
        Update.submitted_at.label("at"),
        cast(Update.declared, String).label("said"),
        Update.why.label("words"),
        cast(null(), Update.id.type).label("update_id"),
        cast(null(), Date).label("until"),
        cast(null(), Date).label("ended_on"),
        cast(null(), SignOff.review_on.type).label("review_on"),
    )
    query = query.join(Action, Action.id == Update.action_id)
    return query.where(_wanted(scope), Update.state == UpdateState.SUBMITTED)


def _sign_offs(scope: Scope) -> Select[*tuple[Any, ...]]:
    query = select(
        literal("sign_off"),
        SignOff.action_id,
        SignOff.id,
        SignOff.effective_on,
        SignOff.created_at,
        cast(SignOff.kind, String),
        SignOff.reason,
        SignOff.update_id,
        cast(null(), Date),
        cast(null(), Date),
        SignOff.review_on,
    )
    return query.join(Action, Action.id == SignOff.action_id).where(_wanted(scope))


def _overrides(scope: Scope) -> Select[*tuple[Any, ...]]:
    query = select(
        literal("override"),
        Override.action_id,
        Override.id,
        Override.decided_on,
        Override.created_at,
        cast(Override.value, String),
        cast(Override.over, String),
        cast(null(), Update.id.type),
        Override.expires_on,
        Override.ended_on,
        cast(null(), SignOff.review_on.type),
    )
    query = query.join(Action, Action.id == Override.action_id)
    return query.where(_wanted(scope), Override.state == OverrideState.APPROVED)
