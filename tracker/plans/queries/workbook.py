"""What an update workbook is made of, and what it is compared with when it comes back filled; nothing is decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, FilledWorkbook, Milestone, Plan, Update
from tracker.plans.queries.newest import newest_updates
from tracker.plans.queries.turns import milestones_with_turns, shown_date
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import told


@dataclass(frozen=True)
class OpenMilestone:
    """A milestone that is still to be done; `turn` is the next one of what repeats."""

    id: int
    version: int
    title: str
    shown: str
    state: MilestoneState
    turn: date | None


@dataclass(frozen=True)
class OpenAction:
    """An action with the update that counts now: which it is, 0 for none, and what it said."""

    id: int
    slug: str
    ref: str
    title: str
    after: int
    declared: DeclaredRag | None
    said: str
    milestones: tuple[OpenMilestone, ...]


def open_actions(session: Session, action_ids: Collection[int], *, person: Person) -> list[OpenAction]:
    """Return of some actions those that are open and that a person may update, in plan order, in three queries."""
    query = (
        select(Action.id, Plan.slug, Action.ref, Action.title)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Action.id.in_(action_ids), Action.closed_code.is_(None))
        .where(visible(person, Permission.ACTION_UPDATE, Action))
        .order_by(Plan.slug, Action.position, Action.id)
    )
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    last, milestones = last_updates(session, ids), _open_milestones(session, ids)
    return [
        OpenAction(
            *row,
            after=last[row.id].id if row.id in last else 0,
            declared=last[row.id].declared if row.id in last else None,
            said=told(last[row.id].happened, last[row.id].why, last[row.id].doing) if row.id in last else "",
            milestones=tuple(milestones.get(row.id, ())),
        )
        for row in rows
    ]


def own_workbook(session: Session, public_id: str, person: Person) -> FilledWorkbook | None:
    """Return a filled workbook by its address to who brought it, and to nobody else."""
    mine = FilledWorkbook.public_id == public_id, FilledWorkbook.person_id == person.id
    return session.scalar(select(FilledWorkbook).where(*mine))


def last_updates(session: Session, action_ids: Collection[int]) -> dict[int, Update]:
    """Return the update of each of some actions that counts now, with who wrote it, in one query."""
    query = select(Update).where(Update.id.in_(newest_updates(action_ids))).options(joinedload(Update.author))
    return {update.action_id: update for update in session.scalars(query)}


def milestones_by_action(session: Session, action_ids: Collection[int]) -> dict[int, list[Milestone]]:
    """Return the milestones of some actions, in plan order, in one query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    query = select(Milestone).where(Milestone.action_id.in_(action_ids))
    for milestone in session.scalars(query.order_by(Milestone.position, Milestone.id)):
        found[milestone.action_id].append(milestone)
    return found


def _open_milestones(session: Session, ids: Collection[int]) -> dict[int, list[OpenMilestone]]:
    found: dict[int, list[OpenMilestone]] = defaultdict(list)
    for milestone, turn, _ in milestones_with_turns(session, ids):
        if milestone.state is not MilestoneState.DONE:
            facts = (milestone.id, milestone.version, milestone.title, shown_date(milestone, turn), milestone.state)
            found[milestone.action_id].append(OpenMilestone(*facts, turn))
    return found
