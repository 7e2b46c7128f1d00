"""Drafts of updates, each for nobody but who writes it; what stands in one is the form's concern."""

import json

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import Person
from tracker.plans.models import Action, Plan, UpdateDraft
from tracker.plans.rules.keeping import DRAFTS_KEPT


def own_draft(session: Session, action: Action, person: Person) -> UpdateDraft | None:
    """Return what a person is writing of an action, unless they last did so too long ago for it to be kept."""
    return session.scalar(select(UpdateDraft).where(*_kept_of(person), UpdateDraft.action_id == action.id))


def own_draft_at(session: Session, public_id: str, person: Person) -> tuple[UpdateDraft, str, str] | None:
    """Return a person's own draft by its address, with the plan's slug and the action's number; nobody else's."""
    query = (
        select(UpdateDraft, Plan.slug, Action.ref)
        .join(Action, Action.id == UpdateDraft.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(*_kept_of(person), UpdateDraft.public_id == public_id)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def typed_in(draft: UpdateDraft) -> dict[str, list[str]]:
    """Return the fields of a draft by name, each with its values as they were typed."""
    typed: dict[str, list[str]] = json.loads(draft.typed)
    return typed


def _kept_of(person: Person) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that finds a person's own drafts; one past its days may still lie there and is none."""
    return UpdateDraft.person_id == person.id, UpdateDraft.saved_at >= clock.now() - DRAFTS_KEPT
