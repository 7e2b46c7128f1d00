"""What the reading pages of a plan begin with: how it stands now beside the day that the reader compares with."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import meetings, updates_open_days
from tracker.plans.models import Area, Plan
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.standing import PlanStanding, Standing, standing
from tracker.plans.queries.window import UpdateWindow, window_of
from tracker.plans.rules.comparing import LAST_MEETING, Comparison, compare_with, is_day_to_compare
from tracker.plans.rules.leads import lead_words
from tracker.web.access import allowed


@dataclass(frozen=True)
class Reading:
    """A plan, or one area of it, as it stands today; nothing is compared before the plan is approved."""

    plan: Plan
    today: date
    found: PlanStanding
    comparison: Comparison | None
    window: UpdateWindow
    # Whoever may not see who leads may not read what leads wrote either.
    with_names: bool

    @property
    def since(self) -> date | None:
        """The day compared with."""
        return self.comparison.chosen.day if self.comparison else None

    @property
    def address(self) -> dict[str, Any]:
        """What addresses of this plan carry along: the day compared with, unless it is the usual one."""
        if self.comparison is None or self.comparison.chosen.key == self.comparison.choices[0].key:
            return {}
        return {"since": self.comparison.chosen.key}

    @cached_property
    def home(self) -> str:
        """The address of the plan, under which its actions have theirs by number (ux 3.1)."""
        return url_for("plans.plan_show", slug=self.plan.slug)

    @cached_property
    def kept(self) -> str:
        """The end of an address that carries the day compared with along."""
        return f"?{urlencode(self.address)}" if self.address else ""

    def lead(self, action: Standing) -> str:
        """Who leads an action, as this reader may see it; several as the plan lists them."""
        words = (lead_words(lead.name, lead.kind, lead.post, with_names=self.with_names) for lead in action.row.leads)
        return "; ".join(dict.fromkeys(words)) or "No lead yet"


def carried_day() -> dict[str, Any]:
    """Return the day compared with as a page carries it along that compares nothing itself: for the way back (ux 7)."""
    asked = request.args.get("since", "")
    return {"since": asked} if is_day_to_compare(asked) else {}


def read_now(plan: Plan, *, area: Area | None = None) -> Reading:
    """Load a plan, or one area of it, as it stands today, and compare as the address asks: at most five queries."""
    session, today = db_session(), clock.today()
    calendar = meetings(session)
    window = window_of(calendar, clock.now(), opens_before=updates_open_days(session))
    comparison = None
    if plan.approved_on is not None and plan.approved_on <= today:
        asked = request.args.get("since", LAST_MEETING).strip()
        comparison = compare_with(asked, approved_on=plan.approved_on, held=window.held, today=today)
    timeline = load_timeline(session, plan, area=area, calendar=calendar)
    among = None if area is None else [key for key, one in timeline.actions.items() if one.row.area_id == area.id]
    since = comparison.chosen.day if comparison else None
    return Reading(
        plan=plan,
        today=today,
        found=standing(timeline, day=today, since=since, among=among),
        comparison=comparison,
        window=window,
        with_names=allowed(Permission.LEAD_NAMES, area or plan),
    )
