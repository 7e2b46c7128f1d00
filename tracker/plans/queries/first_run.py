"""How far a new installation has come, from nothing to a plan and its first meeting; no page stands here."""

from dataclasses import dataclass

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import BodyMeeting, Organisation, Person, RoleGrant
from tracker.people.rules import Role
from tracker.plans.models import Plan


@dataclass(frozen=True)
class Step:
    """One thing that a new installation needs; `number` counts from 1."""

    number: int
    label: str
    is_done: bool


def first_run_checklist(session: Session) -> tuple[Step, ...]:
    """Return the five steps of a new installation and which are done (ux 8.17), in one query."""
    row = session.execute(
        select(
            _somebody_is(Role.ADMIN),
            exists().where(Organisation.name != ""),
            _somebody_is(Role.OFFICE),
            exists().where(Plan.id.is_not(None)),
            exists().where(BodyMeeting.day >= clock.today()),
        )
    ).one()
    labels = (
        "An administrator can sign in",
        "The organisation has its name",
        "The programme office is invited",
        "A plan is brought in",
        "The next meeting is in the calendar",
    )
    return tuple(
        Step(number, label, bool(is_done)) for number, (label, is_done) in enumerate(zip(labels, row, strict=True), 1)
    )


def _somebody_is(role: Role) -> Exists:
    return exists().where(RoleGrant.role == role, RoleGrant.person_id == Person.id, Person.is_active)
