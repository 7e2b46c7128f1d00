"""The actions of a plan as reports take them: as at a day, those asked for, with leads as the reader may see."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from tracker.plans.models import Area, Plan
from tracker.plans.queries.listing import Wanted, chosen
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.standing import Standing, standing
from tracker.plans.queries.timeline import Timeline
from tracker.plans.rules.leads import lead_words

NO_LEAD = "No lead yet"


@dataclass(frozen=True)
class About:
    """What every row of a report says of its action; `lead` is the accountable one, `leads` are all as listed."""

    id: int
    ref: str
    title: str
    area: str
    lead: str
    leads: str


@dataclass(frozen=True)
class Reported:
    """The actions of an approved plan as at a day, in plan order; the plan's areas are loaded."""

    plan: Plan
    approved_on: date
    day: date
    timeline: Timeline
    actions: tuple[Standing, ...]
    # Whoever may not see who leads may not read what leads wrote either.
    with_names: bool

    def only(self, wanted: Wanted) -> "Reported":
        """Keep the actions that a reader asked for."""
        area_ids = {area.number: area.id for area in self.plan.areas}
        return replace(self, actions=tuple(chosen(self.actions, wanted, area_ids=area_ids)))

    def among(self, ids: set[int]) -> "Reported":
        """Keep the actions with these ids."""
        return replace(self, actions=tuple(action for action in self.actions if action.row.id in ids))

    def about(self, action: Standing) -> About:
        """Return what every row says of an action."""
        row = action.row
        words = [lead_words(lead.name, lead.kind, lead.post, with_names=self.with_names) for lead in row.leads]
        return About(
            row.id,
            row.ref,
            row.title,
            self.areas[row.area_id],
            next(iter(words), NO_LEAD),
            "; ".join(dict.fromkeys(words)) or NO_LEAD,
        )

    @cached_property
    def areas(self) -> dict[int, str]:
        """The areas with their numbers, by id."""
        return {area.id: area_words(area) for area in self.plan.areas}


def area_words(area: Area) -> str:
    """Return an area as reports name it."""
    return f"{area.number} {area.title}"


def reported(session: Session, plan: Plan, *, day: date, with_names: bool) -> Reported:
    """Load a plan for its reports as at a day: at most five queries.

    Raises ValueError for a draft, or a day before the plan's approval (domain A0).
    """
    return reported_of(load_timeline(session, plan), day=day, with_names=with_names)


def reported_of(timeline: Timeline, *, day: date, with_names: bool) -> Reported:
    """Return a loaded plan as its reports take it; see `reported`."""
    plan = timeline.plan
    if plan.approved_on is None:
        raise ValueError(f"“{plan.title}” is a draft, which is not rated until it is approved.")
    if day < plan.approved_on:
        raise ValueError(f"{day} is before the plan’s approval on {plan.approved_on}.")
    found = standing(timeline, day=day)
    return Reported(plan, plan.approved_on, day, timeline, found.actions, with_names)
