"""What waits for a decision on dates and overrides, across plans; who may decide on each is the policy's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, DateChange, Milestone, Override, Plan
from tracker.plans.queries.dates import change_in_words
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DateChangeState, PlanStatus

_RUNNING = (PlanStatus.APPROVED, PlanStatus.LIVE, PlanStatus.CLOSING)


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A date or an override that somebody asked for; `id` is of its own kind."""

    is_override: bool
    id: int
    slug: str
    plan: str
    ref: str
    title: str
    what: str
    because: str
    asked_on: date
    needs_body: bool


def open_decisions(session: Session, person: Person) -> list[OpenDecision]:
    """Return what a person may decide on, in running plans: the longest open first; two queries."""
    found = [*_dates(session, person), *_overrides(session, person)]
    return sorted(found, key=lambda one: (one.asked_on, one.slug, one.is_override, one.id))


def _dates(session: Session, person: Person) -> Iterable[OpenDecision]:
    query = (
        select(DateChange)
        .join(DateChange.milestone)
        .join(Milestone.action)
        .join(Action.plan)
        .options(contains_eager(DateChange.milestone).contains_eager(Milestone.action).contains_eager(Action.plan))
        .where(DateChange.state == DateChangeState.ASKED, _is_running())
        .where(visible(person, Permission.DATE_APPROVE, DateChange))
    )
    for change in session.scalars(query):
        action = change.milestone.action
        moved = f"{change_in_words(change, 'from')} to {change_in_words(change, 'to')}"
        kind = change.reason_code.kind if change.reason_code is not None else ""
        yield OpenDecision(
            is_override=False,
            id=change.id,
            slug=action.plan.slug,
            plan=action.plan.title,
            ref=action.ref,
            title=action.title,
            what=f"{change.milestone.title}: {moved}",
            because=": ".join(part for part in (kind, change.reason) if part),
            asked_on=change.asked_on,
            needs_body=change.needs_body,
        )


def _overrides(session: Session, person: Person) -> Iterable[OpenDecision]:
    query = (
        select(Override)
        .join(Override.action)
        .join(Action.plan)
        .options(contains_eager(Override.action).contains_eager(Action.plan))
        .where(Override.state == OverrideState.ASKED, _is_running())
        .where(visible(person, Permission.OVERRIDE_DECIDE, Override))
    )
    for override in session.scalars(query):
        action = override.action
        yield OpenDecision(
            is_override=True,
            id=override.id,
            slug=action.plan.slug,
            plan=action.plan.title,
            ref=action.ref,
            title=action.title,
            what=f"Rated {Rag(override.value).word.lower()} in place of {Rag(override.over).word.lower()}",
            because=override.reason,
            asked_on=override.asked_on,
            needs_body=override.needs_body,
        )


def _is_running() -> ColumnElement[bool]:
    return Plan.status.in_(_RUNNING) & Action.closed_code.is_(None)
