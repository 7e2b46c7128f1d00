"""What the page of an action is made of, loaded in a number of queries that does not grow; its words are in rows."""

from dataclasses import dataclass
from datetime import date

from flask import g
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.impact.queries import LinkedTheme, themes_of_actions
from tracker.people import queries as people_queries
from tracker.people.models import Person
from tracker.people.policy import Permission, may, roles_of
from tracker.people.rules import BodyKind, Role
from tracker.plans.models import Action, UpdateDraft
from tracker.plans.queries.drafts import own_draft
from tracker.plans.queries.facts import outlooks_of
from tracker.plans.queries.history import HistoryRow, history_of
from tracker.plans.queries.milestones import MilestoneLine, milestone_lines
from tracker.plans.queries.mine import MyAction, my_actions
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.related import ALONE, Related, related_to
from tracker.plans.queries.standing import Standing, standing
from tracker.plans.queries.timeline import ActionTimeline, Timeline
from tracker.plans.queries.window import UpdateWindow, window_of
from tracker.plans.rules.months import MonthRag, month_ends


@dataclass(frozen=True)
class ActionPage:
    """An action with everything that its page shows to one person."""

    action: Action
    person: Person
    today: date
    window: UpdateWindow
    timeline: ActionTimeline
    standing: Standing
    lines: tuple[MilestoneLine, ...]
    months: tuple[MonthRag, ...]
    related: Related
    history: tuple[HistoryRow, ...]
    themes: tuple[LinkedTheme, ...]
    due: tuple[MyAction, ...]
    draft: UpdateDraft | None = None
    # The days of assurance meetings that were held, or are today.
    assurance_days: tuple[date, ...] = ()

    @property
    def is_inside(self) -> bool:
        """Whether the person may read names and words, not only the plan and its rating (domain A9)."""
        return may(self.person, Permission.LEAD_NAMES, self.action)

    @property
    def last(self) -> HistoryRow | None:
        """The update that counts now, with its words."""
        counted = [row for row in self.history if row.source == "update" and row.state == "submitted"]
        return counted[-1] if counted else None

    @property
    def next_due(self) -> MyAction | None:
        """The next action of the person's own for which an update is owed."""
        return next((mine for mine in self.due if mine.id != self.action.id), None)


def load_page(session: Session, action: Action, person: Person) -> ActionPage:
    """Load the page of an action: at most ten queries beyond the person and the action."""
    now, today = clock.now(), clock.today()
    calendar = people_queries.meetings(session)
    timeline = load_timeline(session, action.plan, action_ids=[action.id], calendar=calendar)
    window = window_of(calendar, now, opens_before=people_queries.updates_open_days(session))
    is_inside = may(person, Permission.LEAD_NAMES, action)
    sees_themes = may(person, Permission.THEME_READ, action)
    return ActionPage(
        action=action,
        person=person,
        today=today,
        window=window,
        timeline=timeline.actions[action.id],
        standing=standing(timeline, day=today, among=[action.id]).actions[0],
        lines=tuple(milestone_lines(timeline.actions[action.id], timeline.on(today))),
        months=_months(timeline, action, today),
        # The lead of a partner reads nothing of the actions around their own (domain A9).
        related=related_to(session, action) if may(person, Permission.PLAN_READ, action.plan) else ALONE,
        history=tuple(history_of(session, action)) if is_inside else (),
        themes=tuple(themes_of_actions(session, [action.id]).get(action.id, ())) if sees_themes else (),
        due=due_now(session, person, window),
        draft=own_draft(session, action, person) if may(person, Permission.ACTION_UPDATE, action) else None,
        assurance_days=tuple(
            one.day for one in calendar if one.body.kind is BodyKind.ASSURANCE and (one.is_held or one.day == today)
        ),
    )


def due_now(session: Session, person: Person, window: UpdateWindow) -> tuple[MyAction, ...]:
    """Return the actions for which a lead owes an update, most urgent first, and tell the menu how many there are."""
    if Role.LEAD not in roles_of(person):
        return ()
    due = tuple(mine for mine in my_actions(session, person) if is_due(mine, window))
    g.navigation_counts = {**g.get("navigation_counts", {}), "plans.my_actions": len(due)}
    return due


def is_due(mine: MyAction, window: UpdateWindow) -> bool:
    """Whether the accountable lead owes an update of an open action."""
    return mine.is_lead and not mine.rag.is_closed and window.is_due(mine.last_update_on)


def _months(timeline: Timeline, action: Action, today: date) -> tuple[MonthRag, ...]:
    approved_on = action.plan.approved_on
    if approved_on is None:
        return ()
    first = max(approved_on, action.approved_on or approved_on)
    if first > today:
        return ()
    return tuple(
        MonthRag(day, outlooks_of(timeline.on(day))[action.id].effective_on(day)) for day in month_ends(first, today)
    )
