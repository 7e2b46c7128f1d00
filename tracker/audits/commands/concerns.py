"""Saying that a child may be at risk now, and taking note of it; the detail belongs in the case system (domain A3)."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.choosing import moderate_for_concern
from tracker.audits.models import Audit, ImmediateConcern
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, ChoosingRule
from tracker.audits.rules.limits import CONCERN_LENGTH, TOLD_TO_LENGTH
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.core.text import one_line, random_code
from tracker.people.models import Person
from tracker.people.policy import Permission, may

_CHANGED = "Somebody else changed this while you were writing. What is stored now is shown"
_ADDRESS_LENGTH = 16
_TOKEN = re.compile(rf"[A-Z0-9]{{{_ADDRESS_LENGTH}}}")


def raise_concern(
    session: Session,
    audit: Audit,
    *,
    told_to: str,
    told_at: datetime,
    what: str,
    by: Person,
    form_token: str | None = None,
    rule: ChoosingRule = MODERATE_AS_AGREED,
) -> ImmediateConcern:
    """Record who was told of a danger, when and what; the audit goes on, and the concern shows until acknowledged.

    An audit that was sent and not chosen for moderation is moderated now, unless `rule` says that concerns are no
    reason. A form's random token becomes the concern's address, so that pressing twice gives back the first one. Raises
    `Invalid` beside the field when something is missing or the moment lies in the future.
    """
    if audit.state is AuditState.VOID:
        raise Conflict(None, "This audit is void. Use the round's list to find the right file")
    told_to, what = one_line(told_to), what.strip()
    _check(told_to, told_at, what)
    if form_token and not _TOKEN.fullmatch(form_token):
        raise Invalid(None, "Send the form again")
    if form_token and (again := _sent_before(session, audit, form_token, by)):
        return again
    concern = ImmediateConcern(
        public_id=form_token or random_code(_ADDRESS_LENGTH),
        audit_id=audit.id,
        raised_by_id=by.id,
        raised_at=clock.now(),
        told_to=told_to,
        told_at=told_at,
        what=what,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(concern)
    session.flush()
    moderate_for_concern(session, audit, rule=rule, by=by)
    return concern


def _check(told_to: str, told_at: datetime, what: str) -> None:
    if not told_to:
        raise Invalid("told_to", "Say who you told")
    keep_to("told_to", told_to, what="Who you told", most=TOLD_TO_LENGTH)
    if told_at > clock.now():
        raise Invalid("told_at", "The time you told them must be in the past")
    if not what:
        raise Invalid("what", "Say what you told them")
    keep_to("what", what, what="What you told them", most=CONCERN_LENGTH)


def acknowledge_concern(
    session: Session, concern: ImmediateConcern, *, note: str, version: int, by: Person
) -> ImmediateConcern:
    """Take note of a concern and say what is being done; never the person who raised it.

    Raises `Forbidden` to that person, `Conflict` when somebody was quicker, `Invalid` without a note.
    """
    if concern.raised_by_id == by.id:
        raise Forbidden(None, "Somebody other than the person who raised a concern has to acknowledge it")
    if concern.acknowledged_at is not None or concern.version != version:
        raise Conflict(None, "Somebody else acknowledged this while you were writing")
    concern.acknowledgement = _words(note, "Say what is being done", "What is being done")
    concern.acknowledged_by_id = by.id
    concern.acknowledged_at = clock.now()
    concern.changed_by = by.id
    session.flush()
    return concern


def act_on_concern(
    session: Session, concern: ImmediateConcern, *, note: str, version: int, by: Person
) -> ImmediateConcern:
    """Say what was done about an acknowledged concern; never the person who raised it.

    Raises as `acknowledge_concern` does.
    """
    if concern.raised_by_id == by.id:
        raise Forbidden(None, "Somebody other than the person who raised a concern says what was done")
    if concern.acknowledged_at is None:
        raise Conflict(None, "Acknowledge this concern first")
    if concern.acted_at is not None or concern.version != version:
        raise Conflict(None, _CHANGED)
    concern.acted = _words(note, "Say what was done", "What was done")
    concern.acted_by_id, concern.acted_at, concern.changed_by = by.id, clock.now(), by.id
    session.flush()
    return concern


def close_concern(
    session: Session, concern: ImmediateConcern, *, note: str, version: int, by: Person
) -> ImmediateConcern:
    """Close a concern that was acted on, saying how the child is now: for the head of service alone (domain A3).

    Raises `Forbidden` to anybody else, else as `acknowledge_concern` does.
    """
    if not may(by, Permission.CONCERN_CLOSE, concern):
        raise Forbidden(None, "The head of service closes a concern")
    if concern.acted_at is None:
        raise Conflict(None, "Say first what was done about this concern")
    if concern.closed_at is not None or concern.version != version:
        raise Conflict(None, _CHANGED)
    concern.outcome = _words(note, "Say how the child is now", "How the child is now")
    concern.closed_by_id, concern.closed_at, concern.changed_by = by.id, clock.now(), by.id
    session.flush()
    return concern


def _words(note: str, missing: str, what: str) -> str:
    note = note.strip()
    if not note:
        raise Invalid("note", missing)
    keep_to("note", note, what=what, most=CONCERN_LENGTH)
    return note


def _sent_before(session: Session, audit: Audit, form_token: str, by: Person) -> ImmediateConcern | None:
    return session.scalar(
        select(ImmediateConcern).where(
            ImmediateConcern.public_id == form_token,
            ImmediateConcern.audit_id == audit.id,
            ImmediateConcern.raised_by_id == by.id,
        )
    )
