"""Overrides of an action's rating: one by its address, and what of an action decides about asking for one."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.plans.models import Override
from tracker.plans.queries.action import action_at, part_of
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.overrides import OverrideCase
from tracker.plans.rules.vocabulary import ActionKind


def override_at(session: Session, /, slug: str, ref: str, override_id: int) -> Override | None:
    """Return one override of the action at this address, with what it rests on, who asked, and the action."""
    action = action_at(session, slug, ref)
    if action is None:
        return None
    query = select(Override).where(Override.id == override_id, Override.action_id == action.id)
    return part_of(action, session.scalar(query.options(joinedload(Override.evidence), joinedload(Override.asked_by))))


def case_of(stands: Standing, day: date) -> OverrideCase | None:
    """Return what the plan itself says about overriding an action's rating on a day; None when it is not rated."""
    if stands.outlook is None:
        return None
    left_on = stands.row.lead_left_on
    return OverrideCase(
        ref=stands.row.ref,
        computed=stands.outlook.computed_on(day),
        has_lead=stands.row.lead is not None and (left_on is None or left_on > day),
        days_overdue=max((step.days_late(day) for step in stands.steps), default=0),
        is_placeholder=stands.row.kind is ActionKind.PLACEHOLDER,
    )
