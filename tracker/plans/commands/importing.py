"""Writing a plan that was read from a document: areas, actions, milestones, leads, doubts; nothing read is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.core.text import shortened, slug
from tracker.people.models import LeadParty
from tracker.people.rules import PartyKind
from tracker.plans.commands.declared import declare_imported, imported_state
from tracker.plans.commands.first_dates import first_date
from tracker.plans.commands.outlook import EVERY, refresh_plan
from tracker.plans.commands.versions import Approval, keep_version
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    Area,
    ImportDoubt,
    Milestone,
    MilestoneLead,
    Objective,
    Outcome,
    Plan,
    PlanMeasure,
    PlanSource,
    UnreadLine,
)
from tracker.plans.rules.reading import ActionReading, AreaReading, MilestoneReading, PlanReading
from tracker.plans.rules.states import LinkKind, LinkStatus, PlanStatus
from tracker.plans.rules.tables import Progress, no_progress

STEPS_AN_ACTION = 2
LONGEST_TITLE = 200
# Parts of addresses that mean something else after /plans/.
_RESERVED = frozenset({"new", "import", "imports"})
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Source:
    """The document that a plan was read from."""

    name: str
    text: str
    sha256: str


def make_plan(
    session: Session,
    *,
    reading: PlanReading,
    title: str,
    approved_on: date | None,
    source: Source,
    by: int,
    progress: Progress = no_progress,
) -> Plan:
    """Store a plan as read; with an approval day it is live from that day and rated, without one it is a draft.

    `by` is the id of the person, 0 for a command of the operator; `progress` is told now and then how many of
    `steps_of` are done. What a status column declared comes in as updates of today. Raises Invalid for a title that
    is empty or too long.
    """
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid("title", f"Give the plan a title of 1 to {LONGEST_TITLE} characters")
    plan = Plan(
        slug=free_slug(session, title),
        title=title,
        status=_status(approved_on),
        approved_on=approved_on,
        source_sha256=source.sha256,
        created_by=by,
        changed_by=by,
    )
    session.add(plan)
    session.flush()
    session.add(
        PlanSource(plan_id=plan.id, name=shortened(source.name, _LONGEST_NAME), text=source.text, created_by=by)
    )
    _add_doubts(session, plan, reading, by)
    written = _Writer(session, plan, by, progress).write(reading.areas)
    declare_imported(session, written, by=by)
    refresh_plan(session, plan, progress=lambda rated: progress(len(written) + rated))
    if approved_on is not None:
        keep_version(session, plan, Approval(approved_on, note="As brought in"), by=by)
    return plan


def steps_of(reading: PlanReading) -> int:
    """Return how many steps it is to store a plan: each action is written, and later rated."""
    return STEPS_AN_ACTION * sum(len(area.actions) for area in reading.areas)


def free_slug(session: Session, title: str) -> str:
    """Return the address part for a title, with a number when another plan has it."""
    wanted = slug(title)
    taken = set(session.scalars(select(Plan.slug).where(Plan.slug.startswith(wanted, autoescape=True)))) | _RESERVED
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted[:55]}-{number}" in taken:
        number += 1
    return f"{wanted[:55]}-{number}"


def _status(approved_on: date | None) -> PlanStatus:
    if approved_on is None:
        return PlanStatus.DRAFT
    return PlanStatus.APPROVED.on(clock.today(), approved_on=approved_on)


def _add_doubts(session: Session, plan: Plan, reading: PlanReading, by: int) -> None:
    for position, doubt in enumerate(reading.warnings, start=1):
        session.add(
            ImportDoubt(
                plan_id=plan.id,
                position=position,
                code=doubt.code.value,
                ref=doubt.ref,
                line=doubt.line,
                message=doubt.said,
                created_by=by,
            )
        )
    for unread in reading.unread:
        session.add(UnreadLine(plan_id=plan.id, line=unread.line, text=unread.text, created_by=by))


class _Writer:
    """Writes the areas of one reading, level by level, so that a large plan takes few round trips."""

    def __init__(self, session: Session, plan: Plan, by: int, progress: Progress) -> None:
        self.progress = progress
        self.session = session
        self.plan = plan
        self.marks = {"created_by": by, "changed_by": by}
        known = session.scalars(select(LeadParty))
        self.parties = {party.name.casefold(): party for party in known}

    def write(self, readings: Iterable[AreaReading]) -> list[tuple[ActionReading, Action]]:
        """Write everything that was read, and then the references, which may point forward; return the actions."""
        pairs = [(reading, self._area(reading)) for reading in readings]
        self.session.flush()
        written: list[tuple[ActionReading, Action]] = []
        for reading, area in pairs:
            self._lists(reading, area)
            written.extend((action, self._action(action, area)) for action in reading.actions)
        for position, (_, action) in enumerate(written, start=1):
            action.position = position
        self.session.flush()
        by_ref = {action.ref: action for _, action in written}
        for done, (action_reading, action) in enumerate(written, start=1):
            self._leads(action_reading, action)
            self._milestones(action_reading, action)
            self._references(action_reading, action, by_ref)
            if done % EVERY == 0:
                self.session.flush()
                self.progress(done)
        self.session.flush()
        self.progress(len(written))
        return written

    def _area(self, reading: AreaReading) -> Area:
        area = Area(
            plan_id=self.plan.id,
            number=reading.number,
            label=reading.label[:20],
            title=reading.title,
            source_line=reading.line,
            **self.marks,
        )
        self.session.add(area)
        return area

    def _lists(self, reading: AreaReading, area: Area) -> None:
        for position, text in enumerate(reading.objectives, start=1):
            self.session.add(Objective(area_id=area.id, position=position, text=text, **self.marks))
        for position, text in enumerate(reading.measures, start=1):
            self.session.add(PlanMeasure(area_id=area.id, position=position, text=text, **self.marks))
        position = 0
        for outcome in reading.outcomes:
            position += 1
            parent = Outcome(area_id=area.id, position=position, text=outcome.text, **self.marks)
            self.session.add(parent)
            if outcome.children:
                self.session.flush()
            for child in outcome.children:
                position += 1
                self.session.add(
                    Outcome(area_id=area.id, parent_id=parent.id, position=position, text=child, **self.marks)
                )

    def _action(self, reading: ActionReading, area: Area) -> Action:
        action = Action(
            plan_id=self.plan.id,
            area_id=area.id,
            position=0,
            ref=reading.ref,
            title=reading.title,
            kind=reading.kind,
            target_text=reading.target_text,
            source_cells=dict(reading.cells),
            source_lines=list(reading.source_lines),
            **imported_state(reading),
            **self.marks,
        )
        self.session.add(action)
        return action

    def _leads(self, reading: ActionReading, action: Action) -> None:
        parties = {party.id: party for party in (self._party(lead.name, lead.kind) for lead in reading.leads)}
        for position, party_id in enumerate(parties, start=1):
            self.session.add(ActionLead(action_id=action.id, party_id=party_id, position=position, **self.marks))

    def _party(self, name: str, kind: PartyKind = PartyKind.UNKNOWN) -> LeadParty:
        name = shortened(name, _LONGEST_NAME)
        party = self.parties.get(name.casefold())
        if party is None:
            party = LeadParty(name=name, kind=kind, **self.marks)
            self.session.add(party)
            self.session.flush()
            self.parties[name.casefold()] = party
        return party

    def _milestones(self, reading: ActionReading, action: Action) -> None:
        pairs = [(step, self._milestone(step, action, position)) for position, step in enumerate(reading.milestones, 1)]
        if any(step.leads for step, _ in pairs):
            self.session.flush()
        for step, milestone in pairs:
            parties = {party.id: party for party in map(self._party, step.leads)}
            for position, party_id in enumerate(parties, start=1):
                self.session.add(
                    MilestoneLead(milestone_id=milestone.id, party_id=party_id, position=position, **self.marks)
                )

    def _milestone(self, reading: MilestoneReading, action: Action, position: int) -> Milestone:
        milestone = Milestone(
            action_id=action.id, position=position, title=reading.title, **first_date(reading.date), **self.marks
        )
        self.session.add(milestone)
        return milestone

    def _references(self, reading: ActionReading, action: Action, by_ref: dict[str, Action]) -> None:
        for reference in reading.references:
            target = by_ref.get(reference.ref) if reference.ref else None
            self.session.add(
                ActionLink(
                    from_id=action.id,
                    to_id=target.id if target is not None and target is not action else None,
                    kind=LinkKind.CROSS_REFERENCE,
                    text=shortened(reference.text, _LONGEST_NAME),
                    status=LinkStatus.PROPOSED,
                    **self.marks,
                )
            )
