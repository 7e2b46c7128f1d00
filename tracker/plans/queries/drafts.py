"""Drafts of updates, each for nobody but who writes it; what stands in one is the form's concern."""

import json

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.models import Action, Plan, UpdateDraft


def own_draft(session: Session, action: Action, person: Person) -> UpdateDraft | None:
    """Return what a person is writing of an action; not asked again where it was loaded with the action."""
    if "drafts" not in inspect(action).unloaded:
        return next((draft for draft in action.drafts if draft.person_id == person.id), None)
    mine = UpdateDraft.person_id == person.id, UpdateDraft.action_id == action.id
    return session.scalar(select(UpdateDraft).where(*mine))


def own_draft_at(session: Session, public_id: str, person: Person) -> tuple[UpdateDraft, str, str] | None:
    """Return a person's own draft by its address, with the plan's slug and the action's number; nobody else's."""
    query = (
        select(UpdateDraft, Plan.slug, Action.ref)
        .join(Action, Action.id == UpdateDraft.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(UpdateDraft.public_id == public_id, UpdateDraft.person_id == person.id)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def typed_in(draft: UpdateDraft) -> dict[str, list[str]]:
    """Return the fields of a draft by name, each with its values as they were typed."""
    typed: dict[str, list[str]] = json.loads(draft.typed)
    return typed
