"""Pages of the programme office: the order of a plan's actions, and numbering the plan through after a look at it."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.numbering import move_action, renumber_plan, shift_action
from tracker.plans.models import Action, Plan
from tracker.plans.queries.action import action_at
from tracker.plans.queries.numbers import numbered_areas, titles_of
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.rules.renumbering import Areas, NoPlaceError, Renumbering, area_moved, renumberings
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, NotBlank, StringField, VersionField, trimmed
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving

_LONGEST_NUMBER = 20


class PlaceForm(Form):
    """Asks for the number whose place an action takes."""

    to = StringField(
        "Which number’s place does it take?",
        [NotBlank("Enter the number whose place it takes"), AtMost(_LONGEST_NUMBER, "The number")],
    )
    version = VersionField()


class RenumberForm(Form):
    """Asks for nothing but the word to go on."""

    version = VersionField()


@dataclass(frozen=True)
class ActionLine:
    """An action in the order of its area, with where its buttons lead; the first has none up, the last none down."""

    id: int
    number: str
    title: str
    url: str
    place_url: str
    up_url: str | None
    down_url: str | None


@dataclass(frozen=True)
class AreaBlock:
    """An area with its actions, and the previews of numbering it one place up or down."""

    number: int
    title: str
    up_url: str | None
    down_url: str | None
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class ChangeLine:
    """A number that becomes another, in words."""

    what: str
    title: str
    becomes: str


@bp.get("/plans/<slug>/order")
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_order(plan: Plan) -> ResponseReturnValue:
    """Show the areas and actions of a plan in order, each with its buttons."""
    session = db_session()
    areas, (titles, names) = numbered_areas(session, plan), titles_of(session, plan)
    changes = len(renumberings(areas))
    return render_template(
        "plans/plan_order.html",
        plan=plan,
        version=plan.version,
        areas=_blocks(plan, areas, titles, names),
        waiting=counted(changes, "number") if changes else "",
    )


@bp.route("/plans/<slug>/<action_number:ref>/place", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=action_at)
def action_place(action: Action) -> ResponseReturnValue:
    """Put an action in another place, named by a number; a button sends "up" or "down" for one place."""
    plan, slug, ref, title = action.plan, action.plan.slug, action.ref, action.title
    form = PlaceForm(data={"version": plan.version})
    way = request.form.get("way", "")
    if way in {"up", "down"}:
        with saving(form) as session:
            shift_action(session, plan, action, down=way == "down", by=current_person(), version=form.version.number)
            return done(f"Moved {way}: {ref}", to="plans.plan_order", slug=slug)
    elif form.validate_on_submit():
        to = trimmed(form.to.data)
        with saving(form) as session:
            move_action(session, plan, action, to=to, by=current_person(), version=form.version.number)
            return done(f"{ref} takes the place of {to}", to="plans.plan_order", slug=slug)
    page = render_template("plans/action_place.html", form=form, slug=slug, ref=ref, title=title, plan_title=plan.title)
    return page, form.status


@bp.route("/plans/<slug>/renumber", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_renumber(plan: Plan) -> ResponseReturnValue:
    """Show what becomes of every number, and give the new ones in one go."""
    form, slug, title = RenumberForm(data={"version": plan.version}), plan.slug, plan.title
    area = _area_asked()
    if form.validate_on_submit():
        with saving(form) as session:
            changes = renumber_plan(session, plan, by=current_person(), version=form.version.number, area=area)
            return done(f"{counted(len(changes), 'number')} changed", to="plans.plan_order", slug=slug)
    lines, problem = _preview(plan, area)
    page = render_template(
        "plans/plan_renumber.html",
        form=form,
        slug=slug,
        plan_title=title,
        lines=lines,
        problem=problem,
        go=f"Change {counted(len(lines), 'number')}",
    )
    return page, form.status


def _blocks(plan: Plan, areas: Areas, titles: dict[int, str], names: dict[int, str]) -> tuple[AreaBlock, ...]:
    blocks = []
    for place, area in enumerate(areas, start=1):
        lines = []
        for index, action in enumerate(area.actions):
            url = url_for("plans.action_place", slug=plan.slug, ref=action.number)
            lines.append(
                ActionLine(
                    id=action.id,
                    number=action.number,
                    title=names[action.id],
                    url=url_for("plans.action_show", slug=plan.slug, ref=action.number),
                    place_url=url,
                    up_url=url if index > 0 else None,
                    down_url=url if index + 1 < len(area.actions) else None,
                )
            )
        up = _area_url(plan, area.number, place - 1) if place > 1 else None
        down = _area_url(plan, area.number, place + 1) if place < len(areas) else None
        blocks.append(AreaBlock(area.number, titles[area.id], up, down, tuple(lines)))
    return tuple(blocks)


def _area_url(plan: Plan, number: int, to: int) -> str:
    return url_for("plans.plan_renumber", slug=plan.slug, area=number, to=to)


def _area_asked() -> tuple[int, int] | None:
    """Return which area the address asks to move where; what is no number is no such area."""
    asked = [request.args.get(name, "") for name in ("area", "to")]
    if not any(asked):
        return None
    area, to = (int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0 for text in asked)
    return area, to


def _preview(plan: Plan, area: tuple[int, int] | None) -> tuple[tuple[ChangeLine, ...], str]:
    """Return what every number would become, and what is wrong with the place asked for."""
    areas = numbered_areas(db_session(), plan)
    try:
        order = area_moved(areas, *area) if area is not None else areas
    except NoPlaceError as problem:
        return (), str(problem)
    titles, names = titles_of(db_session(), plan)
    return tuple(_change(change, titles, names) for change in renumberings(order)), ""


def _change(change: Renumbering, titles: dict[int, str], names: dict[int, str]) -> ChangeLine:
    title = titles[change.id] if change.is_area else names[change.id]
    return ChangeLine("Area" if change.is_area else "Action", title, f"{change.old} becomes {change.new}")
