"""Further actions are agreed: a placeholder gives way to the actions that it stood for (domain A3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Gathered
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_stale, refuse_unless_may
from tracker.plans.commands.first_dates import first_date, in_plan_since
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.commands.signoffs import replace_by
from tracker.plans.models import Action, ActionLead, Area, Milestone, Plan
from tracker.plans.queries.numbers import numbers_used
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.lifecycle import Act, Place
from tracker.plans.rules.numbering import next_numbers
from tracker.plans.rules.vocabulary import ActionKind

LONGEST_TITLE = 400


@dataclass(frozen=True)
class Agreed:
    """An action that was agreed: what is to be done, who answers for it, and by when.

    `name` is what its problems are called by: with "1" a missing title is the problem of "title_1".
    """

    title: str
    lead: LeadParty | None
    due: TargetDate
    name: str = "1"


def agree_actions(
    session: Session,
    placeholder: Action,
    agreed: Sequence[Agreed],
    *,
    reason: str,
    by: Person,
    version: int | None = None,
) -> list[Action]:
    """Put the agreed actions in the place of a placeholder, approved today, and return them.

    They get the next numbers of its area, none that another action has or had, and stand after it; each has one
    milestone of its own name and date. Raises `Conflict` for what is no open placeholder, `Invalid` with no action or
    no title, `Forbidden` to its own lead.
    """
    refuse_unless_may(session, placeholder.id, Permission.ACTION_CONFIRM, by)
    refuse_stale(placeholder, version)
    if not Place(placeholder.state, placeholder.kind).fits(Act.AGREE):
        raise Conflict(None, f"{placeholder.ref} is no open placeholder, so it cannot become actions")
    wrong = Gathered()
    wrong.ask(agreed, "title_1", "Enter at least one action")
    for one in agreed:
        wrong.ask(one.title, f"title_{one.name}", "Enter what is to be done")
        with wrong.trying():
            keep_to(f"title_{one.name}", one.title, what="The action", most=LONGEST_TITLE)
    wrong.tell()
    taken = numbers_used(session, placeholder.plan_id)
    numbers = next_numbers(session.get_one(Area, placeholder.area_id).number, taken, len(agreed))
    made = [_make(session, placeholder, one, ref, by) for one, ref in zip(agreed, numbers, strict=True)]
    replace_by(session, placeholder, made, reason=reason, by=by)
    for action in made:
        refresh_outlook(session, action)
    return made


def _make(session: Session, placeholder: Action, agreed: Agreed, ref: str, by: Person) -> Action:
    marks = {"created_by": by.id, "changed_by": by.id}
    plan = session.get_one(Plan, placeholder.plan_id)
    action = Action(
        plan_id=placeholder.plan_id,
        area_id=placeholder.area_id,
        # The same place as the placeholder: those of one place stand in the order in which they were made.
        position=placeholder.position,
        ref=ref,
        title=agreed.title,
        kind=ActionKind.STANDARD,
        approved_on=in_plan_since(plan),
        target_text=agreed.due.text,
        **marks,
    )
    session.add(action)
    session.flush()
    if agreed.lead is not None:
        session.add(ActionLead(action_id=action.id, party_id=agreed.lead.id, position=1, **marks))
    session.add(
        Milestone(
            action_id=action.id,
            position=1,
            title=agreed.title,
            **first_date(agreed.due),
            **marks,
        )
    )
    session.flush()
    return action
