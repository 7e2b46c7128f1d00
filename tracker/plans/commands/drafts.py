"""Keeping what somebody is writing, unchecked and unsaid, until they save or discard it; saving is the updates'."""

import json
import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.models import Action, Update, UpdateDraft
from tracker.plans.rules.keeping import DRAFTS_KEPT

LARGEST = 64 * 1024


def keep_draft(
    session: Session,
    action: Action,
    *,
    typed: Mapping[str, Sequence[str]],
    after: int,
    written_from: str,
    version: int,
    by: Person,
) -> UpdateDraft:
    """Keep what a person has typed of an action so far, in place of what was kept before: one draft for each of both.

    `after` is the update that counted when the writing began. `written_from` is the token of the open page: the page
    that wrote last goes on writing, any other must know the `version` that is stored, or it would write over words
    of another window. Raises `Conflict` then, and when this very form was saved already; `Invalid` over 64 KB.
    """
    refuse_closed(session, action)
    if session.scalar(select(Update.id).where(Update.form_token == written_from)) is not None:
        raise Conflict(None, "This update is saved already. Open the page again to write another one")
    text = json.dumps(typed, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise Invalid(None, "This is too long to be kept as a draft. Shorten it, or save the update")
    mine = UpdateDraft.person_id == by.id, UpdateDraft.action_id == action.id
    draft = session.scalar(select(UpdateDraft).where(*mine))
    if draft is not None and draft.saved_at < clock.now() - DRAFTS_KEPT:
        discard_draft(session, draft)
        draft = None
    if draft is None:
        draft = UpdateDraft(
            public_id=secrets.token_urlsafe(18), person_id=by.id, action_id=action.id, after_id=after, version=1
        )
        session.add(draft)
    elif written_from != draft.written_from and version != draft.version:
        raise Conflict(None, "You have a draft of it from another window. Open its page, then save or discard that")
    draft.typed, draft.written_from, draft.saved_at = text, written_from, clock.now()
    session.flush()
    return draft


def discard_draft(session: Session, draft: UpdateDraft) -> None:
    """Throw a draft away."""
    session.delete(draft)
    session.flush()


def end_draft(session: Session, action: Action, *, by: Person) -> None:
    """Throw away what a person was writing of an action, because it is saved now."""
    session.execute(delete(UpdateDraft).where(UpdateDraft.action_id == action.id, UpdateDraft.person_id == by.id))


def discard_old_drafts(session: Session) -> int:
    """Throw away what nobody has touched for thirty days, whoever wrote it, and return how many drafts that were."""
    old = delete(UpdateDraft).where(UpdateDraft.saved_at < clock.now() - DRAFTS_KEPT)
    return len(session.execute(old.returning(UpdateDraft.id)).all())
