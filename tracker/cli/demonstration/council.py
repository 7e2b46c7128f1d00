"""What the parts of the loading share: the people, units, bodies, plan and audits made so far, by their seed names."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditTool, CaseReference, ImmediateConcern, RemedialAction
from tracker.cli.demonstration.offsets import Offsets
from tracker.people.models import Body, BodyMeeting, Organisation, Person, Unit
from tracker.plans.models import Action, Area, Milestone, Plan

OFFICE = "office@demo.example"
MODERATOR = "moderator@demo.example"
ADMINISTRATOR = "admin@demo.example"


@dataclass
class Council:
    """The invented council while it is being loaded; every collection is filled by one part and read by later ones."""

    session: Session
    offsets: Offsets
    organisation: Organisation
    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    # Held so that they are not read into new records at each update.
    meetings: list[BodyMeeting] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)
    areas: dict[int, Area] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    milestones: dict[tuple[str, int], Milestone] = field(default_factory=dict)
    cases: dict[str, CaseReference] = field(default_factory=dict)
    # The ids of mechanisms by the year of their programme and their place in it.
    mechanisms: dict[tuple[int, int], int] = field(default_factory=dict)
    tools: dict[int, AuditTool] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    concerns: dict[str, ImmediateConcern] = field(default_factory=dict)
    remedials: dict[str, RemedialAction] = field(default_factory=dict)

    @property
    def office(self) -> Person:
        """Whoever decides for the programme office."""
        return self.people[OFFICE]

    @property
    def moderator(self) -> Person:
        """Whoever runs the audits."""
        return self.people[MODERATOR]

    @property
    def administrator(self) -> Person:
        """Whoever lets people in."""
        return self.people[ADMINISTRATOR]

    @property
    def plan(self) -> Plan:
        """The one plan of the invented council, once it was brought in."""
        return self.plans[0]

    def take_plan(self, plan: Plan, areas: list[Area], actions: list[Action], milestones: list[Milestone]) -> None:
        """Keep a plan's parts by the numbers that the plan prints."""
        self.plans = [plan]
        self.areas = {area.number: area for area in areas if area.plan_id == plan.id}
        self.actions = {action.ref: action for action in actions}
        refs = {action.id: action.ref for action in actions}
        self.milestones = {(refs[step.action_id], step.position): step for step in milestones}
