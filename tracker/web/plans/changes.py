"""Everything that changed in a plan since an earlier day, group by group as a meeting asks, on a page and as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.changes import ActionChange, DateMove, Group
from tracker.plans.rules.sentences import changes_sentence
from tracker.plans.rules.wording import short_day
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import Cell, csv_answer, exportable
from tracker.web.plans.overview_counts import comparison_chips
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.rows import address_of, lead_says, rule_says, was_code, way_of

_NOT_CHANGES = frozenset({Group.STILL_RED, Group.NOT_UPDATED})
_HEADER = (
    "List",
    "No.",
    "Action",
    "Lead",
    "RAG then",
    "RAG now",
    "Why, in the lead's words",
    "Why, by its dates",
    "Last update",
    "Milestone",
    "Date then",
    "Date now",
    "Days moved",
    "Why the date moved",
    "Times moved before",
)


@dataclass(frozen=True)
class Move:
    """A milestone whose date is another one now."""

    milestone: str
    was: date | None
    now: date | None
    days: int | None
    by: str
    because: str
    before: int


@dataclass(frozen=True)
class ChangeRow:
    """An action on one list of the page."""

    id: int
    ref: str
    title: str
    url: str
    lead: str
    code: str
    was: str | None
    way: str
    says: str
    rule: str
    updated_on: date | None
    moves: tuple[Move, ...]
    done: tuple[str, ...]


@dataclass(frozen=True)
class ChangeGroup:
    """One list with its heading; `shows_moves` says that its rows are about dates."""

    key: str
    heading: str
    shows_moves: bool
    rows: tuple[ChangeRow, ...]


@bp.get("/plans/<slug>/changes")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_changes(plan: Plan) -> ResponseReturnValue:
    """Show what changed, in the order in which a meeting asks."""
    reading = read_now(plan)
    groups = tuple(_groups(reading))
    return render_template(
        "plans/plan_changes.html",
        plan=plan,
        reading=reading,
        chips=comparison_chips(reading, "plans.plan_changes"),
        title=f"Changes since {short_day(reading.since)}" if reading.since else "Changes",
        sentence=changes_sentence(reading.found.changes),
        groups=groups,
        nothing_changed=all(group.heading in _NOT_CHANGES for group in groups),
        csv_url=_csv_url(reading) if allowed(Permission.PLAN_EXPORT) else None,
    )


@bp.get("/plans/<slug>/changes.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_changes_csv(plan: Plan) -> ResponseReturnValue:
    """Send the same lists as a file, with the actions that the person may take away."""
    mine = exportable(plan)
    reading = read_now(plan)
    return csv_answer(plan, "changes", _HEADER, _cells(_groups(reading), mine))


def _csv_url(reading: Reading) -> str:
    return url_for("plans.plan_changes_csv", slug=reading.plan.slug, **reading.address)


def _groups(reading: Reading) -> Iterator[ChangeGroup]:
    standings = {action.row.ref: action for action in reading.found.actions}
    for group, changes in reading.found.changes.groups:
        rows = tuple(_row(standings[change.ref], change, reading) for change in changes if change.ref in standings)
        key = group.value.lower().replace(" ", "-")
        yield ChangeGroup(key, group.value, group is Group.DATES_MOVED, rows)


def _row(action: Standing, change: ActionChange, reading: Reading) -> ChangeRow:
    return ChangeRow(
        id=action.row.id,
        ref=action.row.ref,
        title=action.row.title,
        url=address_of(reading, action.row.ref),
        lead=reading.lead(action),
        code=action.rag.value if action.rag else "",
        was=was_code(action),
        way=way_of(action),
        says=lead_says(action, reading),
        rule=rule_says(action),
        updated_on=action.last_update.effective_on if action.last_update else None,
        moves=tuple(_move(move, reading) for move in change.date_moves),
        done=change.newly_done,
    )


def _move(move: DateMove, reading: Reading) -> Move:
    return Move(
        milestone=move.milestone,
        was=move.was_due,
        now=move.due,
        days=move.days,
        by=_moved_by(move.days),
        because=move.because if reading.with_names else "",
        before=move.times_before,
    )


def _moved_by(days: int | None) -> str:
    if days is None:
        return ""
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _cells(groups: Iterable[ChangeGroup], ids: set[int]) -> Iterator[tuple[Cell, ...]]:
    """Yield a line for each action on a list, and one for each milestone where the list is about dates."""
    for group in groups:
        for row in group.rows:
            if row.id not in ids:
                continue
            moves: tuple[Move | None, ...] = row.moves if group.shows_moves else (None,)
            for move in moves:
                yield (*_action_cells(group, row), *_move_cells(move))


def _action_cells(group: ChangeGroup, row: ChangeRow) -> tuple[Cell, ...]:
    then = row.was or row.code
    return group.heading, row.ref, row.title, row.lead, then, row.code, row.says, row.rule, row.updated_on


def _move_cells(move: Move | None) -> tuple[Cell, ...]:
    if move is None:
        return ("",) * 6
    return move.milestone, move.was, move.now, move.days, move.because, move.before
