"""One area on a page: its actions, the plan's measures, what auditors look at, and the words of the plan behind it."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.rules.windows import RECENT, last_months
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.queries import themes_with_counts
from tracker.impact.rules import Verdict, verdict_without_statistics
from tracker.people.policy import Permission
from tracker.plans.models import Area, InspectionItem
from tracker.plans.queries.overview import area_standing
from tracker.plans.queries.plan import area_by_number
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.texts import AreaTexts, texts_of
from tracker.plans.queries.updaters import Updaters, updaters_of
from tracker.plans.rules.area_sentence import area_sentence
from tracker.plans.rules.changes import Group
from tracker.plans.rules.plan_life import why_kept
from tracker.web.access import allowed, current_person, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.kept_rows import kept_within
from tracker.web.plans.overview_counts import comparison_chips
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.rows import ActionRow, action_row, squares


@dataclass(frozen=True)
class AreaLine:
    """An action of the area with who may update it and whether the reader may."""

    action: ActionRow
    updaters: str
    may_update: bool


@dataclass(frozen=True)
class ThemeLine:
    """A theme that auditors look at and that an action of the area is meant to change."""

    name: str
    url: str
    verdict: str
    refs: str
    files: str


@dataclass(frozen=True)
class ItemLine:
    """An inspection item that the area answers."""

    about: str
    words: str


@bp.get("/plans/<slug>/areas/<int:number>")
@requires(Permission.PLAN_READ, about=area_by_number)
def area_show(area: Area) -> ResponseReturnValue:
    """Show one area with everything that is known of it."""
    reading = read_now(area.plan, area=area)
    standing = area_standing(area, reading.found.actions)
    themes = _themes(area, standing.actions)
    texts = texts_of(db_session(), area.plan, area=area).get(area.id, AreaTexts())
    before, after = _neighbours(area, reading)
    return render_template(
        "plans/area_show.html",
        area=area,
        plan=area.plan,
        reading=reading,
        standing=standing,
        chips=comparison_chips(reading, "plans.area_show", number=area.number),
        sentence=_sentence(standing.actions, reading) if standing.rollup else "",
        squares=squares(standing.actions, reading),
        span=_span(standing.actions),
        lines=_lines(area, reading),
        items=tuple(item_line(answered.item) for answered in area.items),
        texts=texts,
        texts_summary=_texts_summary(texts),
        themes=themes,
        verdict=verdict_without_statistics(len(themes)).value if themes is not None else None,
        not_measured=Verdict.NOT_MEASURED.value,
        before=before,
        after=after,
        kept=kept_within(area.plan),
        may_edit=allowed(Permission.PLAN_EDIT, area),
    )


def item_line(item: InspectionItem) -> ItemLine:
    """Return an inspection item with its class and number in words."""
    return ItemLine(f"{item.item_class.words} {item.number}".strip(), item.words)


def _sentence(actions: tuple[Standing, ...], reading: Reading) -> str:
    return area_sentence(
        [action.rag for action in actions if action.rag is not None],
        went_red=[change.ref for change in reading.found.changes.group(Group.WENT_RED)],
        overdue=sum(action.overdue for action in actions),
        since=reading.since,
    )


def _span(actions: tuple[Standing, ...]) -> str:
    if len(actions) < 2:
        return f"Action {actions[0].row.ref}" if actions else ""
    return f"Actions {actions[0].row.ref} to {actions[-1].row.ref}"


def _lines(area: Area, reading: Reading) -> tuple[AreaLine, ...]:
    known = updaters_of(db_session(), area, person=current_person(), day=reading.today)
    nobody = Updaters((), is_mine=False)
    return tuple(_line(action, reading, known.get(action.row.id, nobody)) for action in reading.found.actions)


def _line(action: Standing, reading: Reading, updaters: Updaters) -> AreaLine:
    printed = {lead.name for lead in action.row.leads}
    others = [name for name in updaters.names if name not in printed] if reading.with_names else []
    row = action_row(action, reading)
    is_open = not why_kept(reading.plan.status) and (action.rag is None or not action.rag.is_closed)
    return AreaLine(row, ", ".join(others), may_update=updaters.is_mine and is_open)


def _themes(area: Area, actions: tuple[Standing, ...]) -> tuple[ThemeLine, ...] | None:
    """Return the themes that the area is meant to change; nothing at all for readers who see no themes (domain A9)."""
    if not allowed(Permission.THEME_READ, area):
        return None
    refs = {action.row.id: action.row.ref for action in actions}
    window = last_months(RECENT, clock.today())
    return tuple(
        ThemeLine(
            name=theme.name,
            url=url_for("themes.theme_show", code=theme.code),
            verdict=Verdict.TOO_EARLY.value,
            refs=", ".join(refs[action_id] for action_id in theme.action_ids),
            files=f"{theme.count.in_files}, {window.words}",
        )
        for theme in themes_with_counts(db_session(), refs, window)
    )


def _texts_summary(texts: AreaTexts) -> str:
    objectives, outcomes = counted(len(texts.objectives), "objective"), counted(len(texts.outcomes), "outcome")
    return f"Objectives and outcomes in the published plan ({objectives}, {outcomes})"


def _neighbours(area: Area, reading: Reading) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return the areas before and after this one, each as words and address."""
    areas = list(area.plan.areas)
    place = areas.index(area)
    before = areas[place - 1] if place > 0 else None
    after = areas[place + 1] if place + 1 < len(areas) else None
    return _neighbour(before, reading), _neighbour(after, reading)


def _neighbour(area: Area | None, reading: Reading) -> tuple[str, str] | None:
    if area is None:
        return None
    address = {"slug": area.plan.slug, "number": area.number, **reading.address}
    return f"Area {area.number}: {area.title}", url_for("plans.area_show", **address)
