"""Writing into a plan what was ticked of its later version, record by record; what may be ticked is judged before."""

from collections.abc import Callable, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Problem
from tracker.core.text import shortened
from tracker.people.models import LeadParty, Person
from tracker.people.rules import PartyKind
from tracker.plans.commands.dates import ask_date
from tracker.plans.commands.editing.wordings import keep_wording
from tracker.plans.commands.first_dates import first_date, in_action_since, in_plan_since, set_first_date
from tracker.plans.commands.numbering import give_numbers
from tracker.plans.commands.reimport_texts import add_texts, take_in_text
from tracker.plans.models import (
    Action,
    ActionLead,
    Area,
    ImportDoubt,
    Milestone,
    MilestoneLead,
    Plan,
    Reimport,
    ReimportChange,
)
from tracker.plans.rules.moves import MoveReason
from tracker.plans.rules.reimport import (
    ActionContent,
    AreaContent,
    ChangeKind,
    MilestoneContent,
    PlanChange,
    PlanContent,
)
from tracker.plans.rules.renumbering import Renumbering
from tracker.plans.rules.wordings import Wording

_LONGEST_NAME = 200
_CODE_GONE = "gone"
_ORDER = (
    *(ChangeKind.NEW_AREA, ChangeKind.AREA_REWORDED, ChangeKind.TEXT_REWORDED, ChangeKind.NEW_TEXT),
    *(ChangeKind.REWORDED, ChangeKind.RENUMBERED, ChangeKind.NEW),
    *(ChangeKind.LEAD, ChangeKind.NEW_MILESTONE, ChangeKind.MILESTONE_REWORDED, ChangeKind.REDATED),
    *(ChangeKind.GONE, ChangeKind.MILESTONE_GONE, ChangeKind.TEXT_GONE, ChangeKind.AREA_GONE),
)


class TakingIn:
    """One going through of what was ticked, with the records of the plan at hand."""

    def __init__(self, session: Session, plan: Plan, reimport: Reimport, content: PlanContent, *, by: Person) -> None:
        """Take the plan, where what is taken in is recorded, and the later version that it comes from."""
        self.session, self.plan, self.reimport, self.content, self.by = session, plan, reimport, content, by
        self.marks = {"created_by": by.id, "changed_by": by.id}
        actions = select(Action).where(Action.plan_id == plan.id).order_by(Action.position, Action.id)
        self.actions = {action.id: action for action in session.scalars(actions)}
        self.areas = {area.number: area for area in session.scalars(select(Area).where(Area.plan_id == plan.id))}
        self.parties = {party.name.casefold(): party for party in session.scalars(select(LeadParty))}
        self.numbers = {action.ref: action.id for action in self.actions.values()}

    def take(self, changes: Iterable[PlanChange]) -> None:
        """Write every change, areas and numbers first, so that what follows finds its place."""
        chosen = sorted(changes, key=lambda one: _ORDER.index(one.kind))
        self._renumber([one for one in chosen if one.kind is ChangeKind.RENUMBERED])
        for change in chosen:
            try:
                told = self._write(change)
            except Problem as problem:
                raise type(problem)(None, f"{change.ref} {change.title}: {problem.message}") from problem
            self._record(change, told)
        self.session.flush()

    def _write(self, change: PlanChange) -> int | None:
        """Write one change, and return the id of the action whose history tells of it."""
        writers: dict[ChangeKind, Callable[[PlanChange], int | None]] = {
            ChangeKind.NEW_AREA: self._new_area,
            ChangeKind.NEW_TEXT: self._text,
            ChangeKind.TEXT_REWORDED: self._text,
            ChangeKind.NEW: self._new_action,
            ChangeKind.NEW_MILESTONE: self._new_milestone,
            ChangeKind.AREA_REWORDED: self._reword_area,
            ChangeKind.REWORDED: self._reword_action,
            ChangeKind.MILESTONE_REWORDED: self._reword_milestone,
            ChangeKind.REDATED: self._redate,
            ChangeKind.LEAD: self._lead,
            ChangeKind.RENUMBERED: self._renumbered,
        }
        return writers.get(change.kind, self._propose)(change)

    def _renumbered(self, change: PlanChange) -> int:
        """Return whose number it is: all numbers were given at once before."""
        return change.key

    def _new_area(self, change: PlanChange) -> int | None:
        number = int(change.code.rpartition("-")[2])
        self._area(next(area for area in self.content.areas if area.number == number))
        return None

    def _area(self, content: AreaContent) -> Area:
        area = Area(plan_id=self.plan.id, number=content.number, label=content.label, title=content.title, **self.marks)
        self.session.add(area)
        self.session.flush()
        self.areas[area.number] = area
        add_texts(self.session, area, content.texts, by=self.by)
        return area

    def _area_of(self, content: ActionContent) -> Area:
        """Return the area that an action of the file belongs to, made from the file when the plan has it not."""
        known = self.areas.get(content.area)
        return known or self._area(next(area for area in self.content.areas if area.number == content.area))

    def _new_action(self, change: PlanChange) -> int:
        content = self._brought(change)
        area = self._area_of(content)
        action = Action(
            plan_id=self.plan.id,
            area_id=area.id,
            position=self._position(area),
            ref=content.ref,
            title=content.title,
            kind=content.kind,
            target_text=content.target_text,
            source_cells=dict(content.cells),
            source_lines=list(content.lines),
            approved_on=in_plan_since(self.plan),
            **self.marks,
        )
        self.session.add(action)
        self.session.flush()
        self.actions[action.id] = action
        self._set_leads(action, content.leads)
        for position, one in enumerate(content.milestones, start=1):
            self._milestone(action, one, position)
        return action.id

    def _position(self, area: Area) -> int:
        """Return the place after the last action of its area: ties are settled by which came first."""
        places = [action.position for action in self.actions.values() if action.area_id == area.id]
        return max(places, default=max((action.position for action in self.actions.values()), default=1))

    def _new_milestone(self, change: PlanChange) -> int:
        action = self.actions[change.key]
        last = self.session.scalar(select(func.max(Milestone.position)).where(Milestone.action_id == action.id))
        self._milestone(action, self._brought_milestone(change), 1 + (last or 0))
        return action.id

    def _milestone(self, action: Action, content: MilestoneContent, position: int) -> None:
        milestone = Milestone(
            action_id=action.id,
            position=position,
            title=content.title,
            agreed_on=in_action_since(self.plan, action),
            **first_date(content.date),
            **self.marks,
        )
        self.session.add(milestone)
        self.session.flush()
        for place, party_id in enumerate(dict.fromkeys(self._party(name).id for name in content.leads), start=1):
            self.session.add(MilestoneLead(milestone_id=milestone.id, party_id=party_id, position=place, **self.marks))

    def _reword_area(self, change: PlanChange) -> int | None:
        area = next(area for area in self.areas.values() if area.id == change.key)
        keep_wording(self.session, area, Wording.AREA, area.title, change.now, by=self.by)
        area.title, area.changed_by = change.now, self.by.id
        return None

    def _text(self, change: PlanChange) -> int | None:
        """Write what an area wants; its history tells of it, that of no action does."""
        take_in_text(self.session, change, by=self.by)
        return None

    def _reword_action(self, change: PlanChange) -> int:
        action = self.actions[change.key]
        self._keep_wording(action, Wording.ACTION, action.title, change.now)
        action.title, action.changed_by = change.now, self.by.id
        return action.id

    def _reword_milestone(self, change: PlanChange) -> int:
        milestone = self.session.get_one(Milestone, change.key)
        self._keep_wording(self.actions[milestone.action_id], Wording.MILESTONE, milestone.title, change.now)
        milestone.title, milestone.changed_by = change.now, self.by.id
        return milestone.action_id

    def _keep_wording(self, action: Action, what: Wording, before: str, after: str) -> None:
        area = self.session.get_one(Area, action.area_id)
        keep_wording(self.session, area, what, before, after, by=self.by, action=action)

    def _redate(self, change: PlanChange) -> int | None:
        """Ask for the date of the file, as anybody does; in a draft, where nothing is approved yet, it is set."""
        milestone, read = self.session.get_one(Milestone, change.key), self._brought_milestone(change).date
        if self.plan.approved_on is not None:
            came = f"Came with {self.reimport.file_name}"
            # A file says that a date is another one, and not why: of the kinds of reason only this one is true.
            ask_date(self.session, milestone, to=read, because=came, by=self.by, code=MoveReason.OTHER)
            return None
        set_first_date(milestone, read)
        milestone.changed_by = self.by.id
        return milestone.action_id

    def _lead(self, change: PlanChange) -> int:
        action = self.actions[change.key]
        leads = select(ActionLead).where(ActionLead.action_id == action.id)
        for lead in self.session.scalars(leads):
            self.session.delete(lead)
        self.session.flush()
        self._set_leads(action, self._brought(change).leads)
        action.changed_by = self.by.id
        return action.id

    def _set_leads(self, action: Action, leads: Iterable[tuple[str, PartyKind]]) -> None:
        ids = dict.fromkeys(self._party(name, kind).id for name, kind in leads)
        for position, party_id in enumerate(ids, start=1):
            self.session.add(ActionLead(action_id=action.id, party_id=party_id, position=position, **self.marks))
        self.session.flush()

    def _party(self, name: str, kind: PartyKind = PartyKind.UNKNOWN) -> LeadParty:
        name = shortened(name, _LONGEST_NAME)
        party = self.parties.get(name.casefold())
        if party is None:
            party = LeadParty(name=name, kind=kind, **self.marks)
            self.session.add(party)
            self.session.flush()
            self.parties[name.casefold()] = party
        return party

    def _renumber(self, changes: list[PlanChange]) -> None:
        """Give actions their new numbers at once: two may change places, and no number is held twice."""
        if not changes:
            return
        wanted = {change.key for change in changes}
        kept = {action.ref: action for action in self.actions.values() if action.id not in wanted}
        for change in changes:
            if change.now in kept:
                holder = f"“{kept[change.now].title}”"
                raise Conflict(None, f"{change.now} is still the number of {holder}. Tick its new number, too")
        numbers = [Renumbering(change.key, is_area=False, old=change.was, new=change.now) for change in changes]
        give_numbers(self.session, self.plan, numbers, by=self.by)
        for change in changes:
            self.actions[change.key].area_id = self._area_of(self._brought(change)).id
        self.session.flush()

    def _propose(self, change: PlanChange) -> int | None:
        """Note among the things to check that the file lacks something: nothing is ever deleted."""
        last = self.session.scalar(select(func.max(ImportDoubt.position)).where(ImportDoubt.plan_id == self.plan.id))
        action = self.actions.get(self.numbers.get(change.ref, 0))
        what = (
            "Withdraw it, or settle this if it stays" if change.kind is ChangeKind.GONE else "Settle this if it stays"
        )
        self.session.add(
            ImportDoubt(
                plan_id=self.plan.id,
                position=1 + (last or 0),
                code=_CODE_GONE,
                ref=action.ref if action is not None else None,
                line=0,
                message=f"“{change.title}” is not in {self.reimport.file_name} any more. {what}",
                **self.marks,
            )
        )
        self.session.flush()
        return action.id if action is not None else None

    def _record(self, change: PlanChange, action_id: int | None) -> None:
        self.session.add(
            ReimportChange(
                reimport_id=self.reimport.id,
                action_id=action_id,
                kind=change.kind,
                ref=change.ref,
                title=change.title,
                was=change.was,
                now=change.now,
                **self.marks,
            )
        )

    def _brought(self, change: PlanChange) -> ActionContent:
        assert change.action is not None
        return self.content.actions[change.action]

    def _brought_milestone(self, change: PlanChange) -> MilestoneContent:
        assert change.milestone is not None
        return self._brought(change).milestones[change.milestone]
