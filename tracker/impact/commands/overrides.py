"""Asking that an action be rated better than computed, and deciding on it: never by its lead, nor by who asked (A5)."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.impact.queries import override_case
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import assurance_meetings
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands.deciding import refuse_closed, refuse_over, refuse_unless_may
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, Evidence, Override
from tracker.plans.queries.action import action_with_leads, part_of
from tracker.plans.queries.evidence import evidence_in_view
from tracker.plans.rules.overrides import (
    SHORTEST_REASON,
    VALUES,
    OverrideCase,
    OverrideState,
    last_day,
    needs_body,
    why_not_override,
)
from tracker.plans.rules.rag import Rag

_LONGEST = 600
_CHANGED = "This override has been decided, or taken back, since you opened the page"


def ask_override(
    session: Session,
    action: Action,
    *,
    value: Rag,
    reason: str,
    evidence: Evidence | None,
    by: Person,
    form_token: str | None = None,
) -> Override:
    """Ask that an action be rated better than its dates say, with a reason and evidence (domain A5).

    Until somebody else approves it nothing changes. The same form sent twice asks once.
    """
    known = session.scalar(select(Override).where(Override.form_token == form_token)) if form_token else None
    if known is not None and known.asked_by_id == by.id:
        return known
    case = _case_to_ask(session, action, value=value, reason=reason, evidence=evidence, by=by)
    override = Override(
        action_id=action.id,
        value=value.value,
        over=case.computed.value,
        reason=reason,
        evidence=evidence,
        needs_body=needs_body(case.computed, value),
        state=OverrideState.ASKED,
        asked_on=clock.today(),
        asked_by_id=by.id,
        form_token=form_token,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(override)
    session.flush()
    return override


def _case_to_ask(
    session: Session, action: Action, *, value: Rag, reason: str, evidence: Evidence | None, by: Person
) -> OverrideCase:
    """Return what an override is asked over, or refuse who may not ask and what may not be asked."""
    refuse_unless_may(session, action.id, Permission.OVERRIDE_ASK, by)
    refuse_closed(session, action)
    case = override_case(session, action)
    if case is None:
        raise Conflict(None, "The plan is a draft, which is not rated, so there is nothing to override")
    if _asked(session, action) is not None:
        raise Conflict(None, f"Somebody asked for an override of {action.ref} already. It waits for a decision")
    _check(session, action, reason, evidence)
    refusal = f"Choose amber or green for {action.ref}" if value not in VALUES else why_not_override(case, value)
    if refusal:
        raise Invalid("value", refusal)
    return case


def approve_override(
    session: Session, override: Override, *, by: Person, note: str = "", version: int | None = None
) -> None:
    """Approve an override: it counts from today to the next assurance meeting or for 35 days, whichever is first.

    What forbids asking forbids approving. An earlier override of the action ends. Raises `Forbidden` to whoever leads
    the action or asked, and to the programme office for more than one step.
    """
    action = _decider(session, override, by, version)
    case, value = override_case(session, action), Rag(override.value)
    refusal = why_not_override(case, value) if case is not None else "The plan is a draft, which is not rated"
    if case is None or refusal:
        raise Conflict(None, refusal or "")
    override.over, override.needs_body = case.computed.value, needs_body(case.computed, value)
    _refuse_unless_decides(session, override, by)
    for earlier in session.scalars(_in_effect(action)):
        _end(earlier, by)
    override.expires_on = last_day(clock.today(), _next_meeting(session))
    _decide(override, OverrideState.APPROVED, by, note)
    refresh_outlook(session, action)


def refuse_override(session: Session, override: Override, *, by: Person, note: str, version: int | None = None) -> None:
    """Refuse an override, saying why; the action stays rated as it is."""
    _decider(session, override, by, version)
    if not note:
        raise Invalid("note", "Say why the override is not agreed")
    _decide(override, OverrideState.REFUSED, by, note)
    session.flush()


def withdraw_override(session: Session, override: Override, *, by: Person, version: int | None = None) -> None:
    """Take back an override that one asked for oneself: from today the action is rated as its dates and lead say."""
    today = clock.today()
    if override.asked_by_id != by.id:
        raise Forbidden(None, "Only who asked for an override may take it back")
    action = session.get_one(Action, override.action_id)
    refuse_over(session, action.plan_id)
    is_open = override.state is OverrideState.ASKED
    if version not in {None, override.version} or not (is_open or is_in_effect(override, today)):
        raise Conflict(None, _CHANGED)
    if is_open:
        override.state = OverrideState.WITHDRAWN
    _end(override, by)
    refresh_outlook(session, action)


def is_in_effect(override: Override, day: date) -> bool:
    """Whether an approved override has neither expired nor been ended by a day."""
    if override.state is not OverrideState.APPROVED or override.expires_on is None or override.ended_on is not None:
        return False
    return override.expires_on >= day


def _check(session: Session, action: Action, reason: str, evidence: Evidence | None) -> None:
    wrong = Gathered()
    with wrong.trying():
        if len(reason) < SHORTEST_REASON:
            raise Invalid("reason", f"Say in {SHORTEST_REASON} characters or more why its dates mislead")
        keep_to("reason", reason, what="The reason", most=_LONGEST)
    with wrong.trying():
        if evidence is None or evidence not in evidence_in_view(session, action):
            raise Invalid("evidence", f"Choose a piece of evidence of {action.ref}")
    wrong.tell()


def _decider(session: Session, override: Override, by: Person, version: int | None) -> Action:
    if override.state is not OverrideState.ASKED or version not in {None, override.version}:
        raise Conflict(None, _CHANGED)
    action = action_with_leads(session, override.action_id)
    part_of(action, override)
    _refuse_unless_decides(session, override, by)
    refuse_closed(session, action)
    return action


def _refuse_unless_decides(session: Session, override: Override, by: Person) -> None:
    """Refuse its lead, who asked, and the programme office for what became more than one step (domain A5)."""
    if not may(person_with_roles(session, by.id), Permission.OVERRIDE_DECIDE, override):
        whose = "It goes to the assurance body" if override.needs_body else "Somebody else decides"
        raise Forbidden(None, f"You may not decide this for {override.action.ref}. {whose}")


def _end(override: Override, by: Person) -> None:
    override.ended_on, override.ended_at = clock.today(), clock.now()
    override.ended_by_id, override.changed_by = by.id, by.id


def _decide(override: Override, state: OverrideState, by: Person, note: str) -> None:
    keep_to("note", note, what="What you say", most=_LONGEST)
    override.state, override.decided_on, override.decided_by_id = state, clock.today(), by.id
    override.decided_at, override.decided_note, override.changed_by = clock.now(), note, by.id


def _asked(session: Session, action: Action) -> Override | None:
    query = select(Override).where(Override.action_id == action.id, Override.state == OverrideState.ASKED)
    return session.scalar(query)


def _in_effect(action: Action) -> Select[Override]:
    return select(Override).where(
        Override.action_id == action.id,
        Override.state == OverrideState.APPROVED,
        Override.ended_on.is_(None),
        Override.expires_on >= clock.today(),
    )


def _next_meeting(session: Session) -> date | None:
    """Return the day of the next assurance meeting after today: one of today has taken its decisions."""
    return min((one.day for one in assurance_meetings(session) if one.day > clock.today()), default=None)
