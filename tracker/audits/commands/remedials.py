"""Giving somebody what must be put right for a child, and following it to a check by somebody else (domain A3)."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, RemedialAction, RemedialStep
from tracker.audits.queries.remedials import naming_in, remedial_owners
from tracker.audits.rules.limits import REMEDIAL_LENGTH, REMEDIAL_NOTE_LENGTH
from tracker.audits.rules.remedials import Priority, RemedialState, Step, after, due_by
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.core.text import random_code
from tracker.people.models import Person
from tracker.people.policy import Permission, may

_ADDRESS_LENGTH = 16
_TOKEN = re.compile(rf"[A-Z0-9]{{{_ADDRESS_LENGTH}}}")
_NO_AUDIT = (AuditState.VOID, AuditState.EXEMPT, AuditState.PLANNED)
_SHORTEST = 10


def add_remedial(
    session: Session,
    audit: Audit,
    *,
    text: str,
    owner: Person,
    priority: Priority,
    due_on: date | None = None,
    names_confirmed: bool = False,
    form_token: str | None = None,
    by: Person,
) -> RemedialAction:
    """Give somebody what must be put right for the child of an audit, due by its class unless a day is given.

    The audit comes with its remedial actions. A form's random token becomes the address: pressed twice, it gives back
    the first one. Raises `Conflict` for an audit that is void or was never done, and `Invalid` beside the field.
    """
    if audit.state in _NO_AUDIT:
        raise Conflict(None, "This audit is not one that was done, so nothing follows from it")
    text = text.strip()
    _check(session, text, owner, due_on)
    if again := _sent_before(session, audit, form_token, by):
        return again
    if not names_confirmed and naming_in(session, text):
        raise Invalid("names_confirmed", "Replace the words that look like names, or confirm that they name nobody")
    remedial = RemedialAction(
        public_id=form_token or random_code(_ADDRESS_LENGTH),
        text=text,
        owner=owner,
        priority=priority,
        due_on=due_on or due_by(priority, clock.today()),
        state=RemedialState.OPEN,
        steps=[],
        created_by=by.id,
        changed_by=by.id,
    )
    audit.remedials.append(remedial)
    settle_audit(audit, by=by)
    session.flush()
    return remedial


def take_step(
    session: Session, remedial: RemedialAction, step: Step, *, note: str = "", version: int, by: Person
) -> RemedialAction:
    """Take a step of a remedial action: its owner begins and claims, somebody else checks, sends back and closes.

    It comes with its steps, its audit and that one's remedial actions; the audit closes when all of them are verified,
    and is open to follow-up again when one is sent back. Raises `Forbidden` to whoever may not, `Conflict` when
    somebody was quicker, `Invalid` without the words that the step asks for.
    """
    permission = Permission.REMEDIAL_DO if step.is_of_owner else Permission.REMEDIAL_CHECK
    if not may(by, permission, remedial):
        raise Forbidden(None, "Somebody other than its owner checks and closes a remedial action")
    leads_to = after(remedial.state, step)
    if leads_to is None or remedial.version != version:
        raise Conflict(None, "This was changed while you were writing. What is stored now is shown")
    note = note.strip()
    if step.asks and not note:
        raise Invalid("note", step.asks)
    keep_to("note", note, what="What you say", most=REMEDIAL_NOTE_LENGTH)
    remedial.state = leads_to
    remedial.changed_by = by.id
    remedial.steps.append(RemedialStep(person=by, step=step, note=note, created_by=by.id, changed_by=by.id))
    settle_audit(remedial.audit, by=by)
    session.flush()
    return remedial


def settle_audit(audit: Audit, *, by: Person | None) -> None:
    """Close a final audit once everything to be put right is verified, and take it back when something no longer is.

    One that has nothing to be put right stays final; `by` is None where nobody did it.
    """
    if not audit.state.is_final:
        return
    is_done = bool(audit.remedials) and all(one.state.is_verified for one in audit.remedials)
    wanted = AuditState.CLOSED if is_done else AuditState.FINAL
    if audit.state is not wanted:
        audit.state, audit.changed_by = wanted, by.id if by else 0


def _check(session: Session, text: str, owner: Person, due_on: date | None) -> None:
    if len(text) < _SHORTEST:
        raise Invalid("text", f"Say what must be put right in {_SHORTEST} characters or more")
    keep_to("text", text, what="What must be put right", most=REMEDIAL_LENGTH)
    if owner.id not in {one.id for one in remedial_owners(session)}:
        raise Invalid("owner", "Choose a person from the list")
    if due_on and due_on < clock.today():
        raise Invalid("due_on", "The day it is due must be today or later")


def _sent_before(session: Session, audit: Audit, form_token: str | None, by: Person) -> RemedialAction | None:
    if not form_token:
        return None
    if not _TOKEN.fullmatch(form_token):
        raise Invalid(None, "Send the form again")
    return session.scalar(
        select(RemedialAction).where(
            RemedialAction.public_id == form_token,
            RemedialAction.audit_id == audit.id,
            RemedialAction.created_by == by.id,
        )
    )
