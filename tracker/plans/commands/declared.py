"""Keeping what an imported plan declares in its status column, as updates of that day; ratings come of dates."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.text import shortened
from tracker.people.models import Person
from tracker.plans.models import Action, Update
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading import ActionReading
from tracker.plans.rules.states import ActionState, DeclaredRag

CAME_BY = "imported plan"
# Who wrote it when a command brought the plan in and no person is behind it: nobody can sign in with this.
_AUTHOR, _ADDRESS = "Imported plan", "imported-plan@localhost.invalid"
_LONGEST_NAME = 200


def declare_imported(session: Session, found: Iterable[tuple[ActionReading, Action]], *, by: int) -> None:
    """Write an update of today for each action whose status the plan's key explains (domain A5, A11).

    It is on behalf of the lead and never the computed rating; "complete" is a claim until somebody checks it. `by`
    is the id of who brings the plan in, 0 for a command.
    """
    declared = [(reading, action) for reading, action in found if reading.declared is not None]
    if not declared:
        return
    author = by or document_itself(session).id
    for reading, action in declared:
        said = DeclaredRag(str(reading.declared))
        words = f"The imported plan says: {reading.status_text}"
        session.add(
            Update(
                action_id=action.id,
                author_id=author,
                submitted_at=clock.now(),
                effective_on=clock.today(),
                declared=said,
                happened=words,
                why=words if said in {DeclaredRag.RED, DeclaredRag.AMBER} else "",
                on_behalf_of=shortened(reading.leads[0].name, _LONGEST_NAME) if reading.leads else "",
                came_by=CAME_BY,
                created_by=by,
                changed_by=by,
            )
        )
    session.flush()


def imported_state(reading: ActionReading) -> dict[str, Any]:
    """Return the state of an action, and the day of its last update, that its declared status leaves behind."""
    if reading.declared is None:
        return {}
    is_claim = reading.declared is Rag.COMPLETE
    return {
        "state": ActionState.CLAIMED if is_claim else ActionState.IN_PROGRESS,
        "last_update_on": clock.today(),
    }


def document_itself(session: Session) -> Person:
    """Return the person who stands for the document itself, made when first needed, who may not sign in."""
    found = session.scalar(select(Person).where(Person.email == _ADDRESS))
    if found is None:
        found = Person(email=_ADDRESS, name=_AUTHOR, is_active=False)
        session.add(found)
        session.flush()
    return found
