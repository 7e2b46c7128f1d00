"""The exception report: what is off track or at risk, since when, and what is being done about it (domain A10, 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.plans.models import Update
from tracker.plans.queries.dates import date_then
from tracker.plans.queries.reports.reported import About, Reported
from tracker.plans.queries.reports.slippage import slips_of
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.exceptions import is_exception
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.strip import Step, pressing_step


@dataclass(frozen=True)
class Dates:
    """The dates of the milestone that presses most: the first one, the one now as shown, and what its lead expects.

    `moved` says the first one and how often it was moved; nothing when it never was.
    """

    milestone: str
    first: date | None
    due: date | None
    shown: str
    forecast: date | None
    times_moved: int
    moved: str


@dataclass(frozen=True)
class Told:
    """What the last update says is being done, and what it asks of the meeting; nothing for who may not read it."""

    doing: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Exceptional:
    """An action in the report; `computed` and `declared` stand apart where they differ."""

    about: About
    rag: Rag
    computed: Rag
    declared: Rag | None
    reasons: tuple[str, ...]
    days_late: int
    dates: Dates | None
    told: Told
    updated_on: date | None


def exceptions(report: Reported) -> list[Standing]:
    """Return the actions of the report: red, amber, then not scheduled, of each the longest late first."""
    found = [action for action in report.actions if _is_exception(report, action)]
    return sorted(found, key=lambda action: (action.rag.concern if action.rag else 0, -days_late(action)))


def exception_rows(session: Session, report: Reported, actions: Sequence[Standing]) -> list[Exceptional]:
    """Return these actions as rows, with the words of their last updates, in one query."""
    told = _told(session, actions) if report.with_names else {}
    return [_row(report, action, told) for action in actions if action.outlook is not None]


def days_late(action: Standing) -> int:
    """Calendar days by which the milestone that is late longest is late, none when none is."""
    return max((step.days_late(action.day) for step in action.steps), default=0)


def _is_exception(report: Reported, action: Standing) -> bool:
    approved_on = max(report.approved_on, action.row.approved_on or report.approved_on)
    return action.outlook is not None and is_exception(
        action.outlook, day=report.day, approved_on=approved_on, grace_days=report.plan.grace_days
    )


def _row(report: Reported, action: Standing, told: dict[int, Told]) -> Exceptional:
    outlook, update = action.outlook, action.last_update
    assert outlook is not None
    return Exceptional(
        about=report.about(action),
        rag=outlook.effective_on(report.day),
        computed=outlook.computed_on(report.day),
        declared=outlook.declared,
        reasons=action.reasons if report.with_names else action.rule_reasons,
        days_late=days_late(action),
        dates=_dates(report, action),
        told=told.get(update.id, Told()) if update is not None else Told(),
        updated_on=update.effective_on if update is not None else None,
    )


def _dates(report: Reported, action: Standing) -> Dates | None:
    step = pressing_step(action.steps, report.day)
    if step is None:
        return None
    place = next(place for place, one in enumerate(action.steps) if one is step)
    record = report.timeline.actions[action.row.id].milestones[place]
    slip = slips_of([record], report.day)
    return Dates(
        milestone=step.title,
        first=slip[0].first if slip else _first(step),
        due=step.due,
        shown=step.shown,
        forecast=date_then(record, report.day).forecast,
        times_moved=slip[0].times if slip else 0,
        moved=f"{slip[0].first_shown}, moved {slip[0].often}" if slip else "",
    )


def _first(step: Step) -> date | None:
    """A date that never moved is its own first date; of what repeats the turn owed now is no first date."""
    return None if step.repeats else step.due


def _told(session: Session, actions: Sequence[Standing]) -> dict[int, Told]:
    ids = [action.last_update.id for action in actions if action.last_update is not None]
    if not ids:
        return {}
    query = select(Update.id, Update.doing, Update.happened, Update.ask).where(Update.id.in_(ids))
    return {row.id: Told(row.doing or row.happened, row.ask) for row in session.execute(query)}
