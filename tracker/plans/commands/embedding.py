"""Signing an action off as embedded, on the day of an assurance meeting; other decisions stand elsewhere."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Gathered, Invalid
from tracker.people.models import BodyMeeting, Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_stale, refuse_unless_may
from tracker.plans.commands.signoffs import sign
from tracker.plans.models import Action, SignOff
from tracker.plans.queries.embedding import gate_of
from tracker.plans.rules.lifecycle import Act, Place
from tracker.plans.rules.states import ActionState, SignOffKind


def sign_off_embedded(
    session: Session,
    action: Action,
    *,
    meeting: BodyMeeting | None,
    independent_check: str,
    no_measure_reason: str,
    reason: str,
    by: Person,
    version: int | None = None,
) -> SignOff:
    """Record that an assurance meeting signed an action off as complete and embedded, on its day (domain A5).

    The gate must be open; somebody outside the lead's line must have checked it, and until impact is measured it is
    said why no measure applies. Whoever leads the action may not sign.
    """
    refuse_unless_may(session, action.id, Permission.ACTION_EMBED, by)
    refuse_stale(action, version)
    if not Place(action.state, action.kind).fits(Act.EMBED):
        raise Conflict(None, f"{action.ref} is not complete, so it cannot be embedded")
    meetings = _meetings(session, action)
    wrong = Gathered()
    is_offered = meeting is not None and meeting.id in {one.id for one in meetings}
    wrong.ask(is_offered, "meeting", "Choose the assurance meeting that signed it off")
    wrong.ask(independent_check, "independent_check", "Say who outside the lead’s own line checked it, and how")
    wrong.ask(no_measure_reason, "no_measure_reason", "Say why no measure applies")
    wrong.tell()
    assert meeting is not None
    return sign(
        session,
        action,
        SignOffKind.EMBEDDED,
        ActionState.EMBEDDED,
        reason=reason,
        by=by,
        effective_on=meeting.day,
        body_id=meeting.body_id,
        independent_check=independent_check,
        no_measure_reason=no_measure_reason,
    )


def _meetings(session: Session, action: Action) -> Sequence[BodyMeeting]:
    """Return the meetings that may sign an action off; raises `Invalid` while the gate is shut."""
    gate, meetings = gate_of(session, action)
    missing = next((condition for condition in gate.conditions if not condition.holds), None)
    if missing is not None:
        raise Invalid(None, f"{action.ref} cannot be embedded yet. This does not hold: {missing.words}")
    return meetings
