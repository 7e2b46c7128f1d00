"""Saying of a milestone without a date who decides on one and when to ask again; moving a date stands beside."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Gathered, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_closed, refuse_unless_may
from tracker.plans.models import Milestone
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

_LONGEST_NAME = 200


def say_who_decides(
    session: Session,
    milestone: Milestone,
    *,
    decided_by: str,
    ask_again_on: date | None,
    by: Person,
    version: int | None = None,
) -> None:
    """Say who decides on the date of a milestone that has none, and by when; its clock runs on (domain A4, 2).

    Raises `Invalid` for a missing name or a day gone by, and `Conflict` for a milestone that has a date or changed.
    """
    action = refuse_unless_may(session, milestone.action_id, Permission.ACTION_UPDATE, by)
    refuse_closed(session, action)
    if version not in {None, milestone.version}:
        raise Conflict(None, f"“{milestone.title}” has changed since you opened the page")
    is_dated = milestone.kind not in {MilestoneKind.UNDATED, MilestoneKind.WAITING}
    if is_dated or milestone.state is MilestoneState.DONE:
        raise Conflict(None, f"“{milestone.title}” needs no date any more")
    wrong = Gathered()
    with wrong.trying():
        if not decided_by:
            raise Invalid("decided_by", "Say who decides on the date")
        keep_to("decided_by", decided_by, what="Who decides", most=_LONGEST_NAME)
    with wrong.trying():
        if ask_again_on is None:
            raise Invalid("ask_again_on", "Enter a day to ask again, for example 31 Jan 2027")
        if ask_again_on < clock.today():
            raise Invalid("ask_again_on", "The day to ask again must not have passed")
    wrong.tell()
    milestone.date_decided_by, milestone.ask_again_on, milestone.changed_by = decided_by, ask_again_on, by.id
    session.flush()
