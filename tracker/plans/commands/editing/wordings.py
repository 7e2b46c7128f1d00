"""What every edit asks and leaves: whether the plan may be edited, words that are there, and the words before."""

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.core import clock
from tracker.core.answers import length_fault
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.numbering import refuse_editing
from tracker.plans.models import Action, Area, FormerWording, Plan
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.wordings import Wording

LONGEST_WORDS = 2000


def plan_to_edit(session: Session, plan_id: int, by: Person) -> Plan:
    """Return the plan that is edited, or refuse: only the programme office may, and not once the plan is over."""
    plan = session.get_one(Plan, plan_id)
    refuse_editing(session, plan, by, None)
    return plan


def refuse_older(record: Area | Action, version: int, name: str) -> None:
    """Refuse an edit of what somebody else changed since the page was opened."""
    if record.version != version:
        raise Conflict(None, f"Somebody else changed {name} since you opened the page. What is stored now is shown")


def refuse_approved(plan: Plan, what: str) -> None:
    """Refuse to take something out of a plan that a body has approved: there it is withdrawn instead."""
    if plan.status is not PlanStatus.DRAFT:
        raise Conflict(
            None, f"The plan is approved, so {what} is not removed. Withdraw the action instead, with a reason"
        )


def checked_words(words: str, *, field: str, what: str) -> str:
    """Return words without white space around them; raises `Invalid` for none or too many."""
    words = words.strip()
    if not words:
        raise Invalid(field, f"Enter {what}")
    if fault := length_fault(words, what=what[0].upper() + what[1:], most=LONGEST_WORDS):
        raise Invalid(field, fault)
    return words


def keep_wording(
    session: Session, area: Area, what: Wording, before: str, after: str, *, by: Person, action: Action | None = None
) -> None:
    """Keep what words were and what they are now, as history tells it; the same words leave nothing."""
    if before == after:
        return
    session.add(
        FormerWording(
            plan_id=area.plan_id,
            area_id=area.id,
            action_id=action.id if action is not None else None,
            what=what,
            before=before,
            after=after,
            effective_on=clock.today(),
            created_by=by.id,
            changed_by=by.id,
        )
    )


def count_as_change(record: Area | Action, by: Person) -> None:
    """Count a change of what belongs to a record as one of its own, so that a second person at once is told of it."""
    record.changed_by = by.id
    flag_modified(record, "changed_at")
