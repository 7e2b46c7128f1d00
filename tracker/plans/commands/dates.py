"""Moving a milestone's date: a lead asks with a reason, the office decides; every earlier date is kept (domain A4)."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands.deciding import refuse_closed, refuse_unless_may
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, DateChange, Milestone, Update
from tracker.plans.queries.action import part_of
from tracker.plans.queries.dates import move_of
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.moves import Move, MoveReason, who_decides
from tracker.plans.rules.states import DateChangeKind, DateChangeState, MentionedIn
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

SHORTEST_REASON = 5
_NEED_A_REASON = frozenset({DateChangeKind.SLIP, DateChangeKind.TO_BE_CONFIRMED})
_MEANING = ("kind", "due", "every_months", "every_weeks", "waits_on")


def ask_date(
    session: Session,
    milestone: Milestone,
    *,
    to: TargetDate,
    because: str,
    by: Person,
    update: Update | None = None,
    code: MoveReason | None = None,
) -> DateChange:
    """Ask to move a milestone's date; until it is decided the new date acts as the forecast (domain A4, 7).

    An earlier wish that is still open gives way to this one. A later date needs a reason (ux 6). Who decides is settled
    here: the programme office on one move of up to 28 days, the assurance body on more.
    """
    kind = _checked_kind(milestone, to, because)
    action = session.get_one(Action, milestone.action_id)
    refuse_closed(session, action)
    end_open_wish(session, milestone, by)
    earlier = list(session.scalars(select(DateChange).where(DateChange.milestone_id == milestone.id)))
    change = DateChange(
        milestone_id=milestone.id,
        number=1 + max((one.number for one in earlier), default=0),
        kind=kind,
        **_from(milestone),
        **_to(to),
        reason=because,
        reason_code=code,
        needs_body=_needs_body(milestone, Move(kind, milestone.due, to.due), earlier),
        state=DateChangeState.ASKED,
        asked_on=clock.today(),
        update_id=update.id if update else None,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(change)
    session.flush()
    note_mentions(session, action, MentionedIn.ASKED, change.id, because, by=by)
    refresh_outlook(session, action)
    return change


def _needs_body(milestone: Milestone, move: Move, earlier: Iterable[DateChange]) -> bool:
    approved = [move_of(one) for one in earlier if one.state is DateChangeState.APPROVED]
    return who_decides(move, first_due=milestone.first_due, approved=approved).needs_body


def _checked_kind(milestone: Milestone, to: TargetDate, because: str) -> DateChangeKind:
    """Return which way a date is to move, or refuse a wish that changes nothing or lacks its reason."""
    kind = _kind(milestone, to)
    if milestone.state is MilestoneState.DONE:
        raise Conflict("new_date", f"“{milestone.title}” is done, so its date stays")
    if all(getattr(to, name) == getattr(milestone, name) for name in _MEANING):
        raise Invalid("new_date", f"This is already the date of “{milestone.title}”")
    if kind in _NEED_A_REASON and len(because) < SHORTEST_REASON:
        raise Invalid("because", f"Say why the date of “{milestone.title}” has moved")
    return kind


def approve_date(
    session: Session, change: DateChange, *, by: Person, note: str = "", version: int | None = None
) -> None:
    """Approve a date that was asked for: it becomes the current date from today, the first one stays for ever.

    Never by the action's own lead (domain A2).
    """
    milestone, action = _open_change(session, change, by, version)
    _decide(change, DateChangeState.APPROVED, by, note)
    note_mentions(session, action, MentionedIn.DECIDED, change.id, note, by=by)
    milestone.kind, milestone.date_text, milestone.precision = change.to_kind, change.to_text, change.to_precision
    milestone.due, milestone.waits_on = change.to_due, change.to_waits_on
    milestone.every_months, milestone.every_weeks = change.to_every_months, change.to_every_weeks
    milestone.first_due = milestone.first_due or change.to_due
    if change.to_due is not None:
        milestone.date_decided_by, milestone.ask_again_on = "", None
    milestone.changed_by = by.id
    refresh_outlook(session, action)


def approve_dates_of(session: Session, update: Update, *, by: Person) -> int:
    """Approve the dates that an update asked for, in one step, and return how many; see `approve_date` for who may.

    What goes to the assurance body waits for it.
    """
    query = select(DateChange).where(DateChange.update_id == update.id, DateChange.state == DateChangeState.ASKED)
    query = query.where(DateChange.needs_body.is_(False))
    changes = list(session.scalars(query.order_by(DateChange.id)))
    for change in changes:
        approve_date(session, change, by=by, note="Agreed with the update that asked for it")
    return len(changes)


def refuse_date(session: Session, change: DateChange, *, by: Person, note: str, version: int | None = None) -> None:
    """Refuse a date that was asked for, saying why; the current date stays. Never by the action's own lead."""
    if not note:
        raise Invalid("note", "Say why the date is not agreed")
    _, action = _open_change(session, change, by, version)
    _decide(change, DateChangeState.REFUSED, by, note)
    note_mentions(session, action, MentionedIn.DECIDED, change.id, note, by=by)
    refresh_outlook(session, action)


def end_open_wish(session: Session, milestone: Milestone, by: Person) -> None:
    """End a wish to move a milestone's date that nobody decided on."""
    _end_wishes(session, DateChange.milestone_id == milestone.id, by)


def take_back_wishes(session: Session, update: Update, *, by: Person) -> None:
    """End the wishes that came with an update and are still open; what was decided stays."""
    _end_wishes(session, DateChange.update_id == update.id, by)


def _end_wishes(session: Session, which: ColumnElement[bool], by: Person) -> None:
    for wish in session.scalars(select(DateChange).where(which, DateChange.state == DateChangeState.ASKED)):
        wish.state, wish.decided_on, wish.changed_by = DateChangeState.WITHDRAWN, clock.today(), by.id
    session.flush()


def _open_change(session: Session, change: DateChange, by: Person, version: int | None) -> tuple[Milestone, Action]:
    if change.state is not DateChangeState.ASKED or version not in {None, change.version}:
        raise Conflict(None, "This date has been decided, or asked for again, since you opened the page")
    milestone = session.get_one(Milestone, change.milestone_id)
    action = refuse_unless_may(session, milestone.action_id, Permission.DATE_APPROVE, by)
    part_of(milestone, change, "milestone")
    part_of(action, milestone)
    if not may(person_with_roles(session, by.id), Permission.DATE_APPROVE, change):
        raise Forbidden(
            None, f"This date of {action.ref} goes to the assurance body. The programme office may not decide"
        )
    refuse_closed(session, action)
    return milestone, action


def _decide(change: DateChange, state: DateChangeState, by: Person, note: str) -> None:
    change.state, change.decided_on, change.decided_by = state, clock.today(), by.id
    change.decided_note, change.changed_by = note, by.id


def _kind(milestone: Milestone, to: TargetDate) -> DateChangeKind:
    if to.kind in {MilestoneKind.UNDATED, MilestoneKind.WAITING}:
        return DateChangeKind.TO_BE_CONFIRMED
    if milestone.due is None or to.due is None:
        return DateChangeKind.DATE_SET
    return DateChangeKind.SLIP if to.due > milestone.due else DateChangeKind.PULL_IN


def _from(milestone: Milestone) -> dict[str, object]:
    return {
        "from_kind": milestone.kind,
        "from_text": milestone.date_text,
        "from_precision": milestone.precision,
        "from_due": milestone.due,
        "from_every_months": milestone.every_months,
        "from_every_weeks": milestone.every_weeks,
        "from_waits_on": milestone.waits_on,
    }


def _to(date_read: TargetDate) -> dict[str, object]:
    return {
        "to_kind": date_read.kind,
        "to_text": date_read.text,
        "to_precision": date_read.precision,
        "to_due": date_read.due,
        "to_every_months": date_read.every_months,
        "to_every_weeks": date_read.every_weeks,
        "to_waits_on": date_read.waits_on,
    }
