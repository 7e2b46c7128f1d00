"""Saying which areas of a plan answer an item, and which inspection the plan answers."""

from typing import cast

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.inspection_items import set_answers
from tracker.plans.commands.inspections import answer_inspection
from tracker.plans.models import InspectionItem, Plan
from tracker.plans.queries.coverage import answering_areas, item_of_plan, plan_asked
from tracker.plans.queries.inspections import inspection_at, inspections_to_follow
from tracker.plans.queries.plan import plan_by_slug
from tracker.web.access import current_person, requires
from tracker.web.forms import choice
from tracker.web.plans.area import item_line
from tracker.web.plans.blueprint import bp
from tracker.web.plans.inspection_forms import AnswersForm, ChooseForm
from tracker.web.saving import done, saving


@bp.route("/plans/<slug>/items/<int:item_id>/areas", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_asked)
def item_areas(plan: Plan) -> ResponseReturnValue:
    """Say which areas answer an item."""
    item, slug = _item_in_address(plan), plan.slug
    held = answering_areas(db_session(), plan, item)
    form = AnswersForm(data={"areas": [str(one) for one in sorted(held)], "version": str(item.version)})
    form.areas.choices = [choice(str(area.id), f"{area.number} {area.title}") for area in plan.areas]
    if form.validate_on_submit():
        chosen = [area for area in plan.areas if str(area.id) in (form.areas.data or [])]
        with saving(form) as session:
            set_answers(session, plan, item, chosen, by=current_person(), version=form.version.number)
            return done("Areas saved", to="plans.plan_coverage", slug=slug)
    page = render_template("plans/item_areas.html", form=form, plan=plan, item=item_line(item), points=item.points)
    return page, form.status


@bp.route("/plans/<slug>/inspection", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_inspection(plan: Plan) -> ResponseReturnValue:
    """Choose which inspection the plan answers, of those that are here."""
    form, slug = ChooseForm(), plan.slug
    known = inspections_to_follow(db_session())
    form.inspection.choices = [choice("", "Choose one"), *(choice(str(one.id), one.title) for one in known)]
    if form.validate_on_submit():
        with saving(form) as session:
            chosen = inspection_at(session, int(form.inspection.data)) if form.inspection.data else None
            if chosen is None:
                raise Invalid("inspection", "Choose an inspection")
            answer_inspection(session, plan, chosen, by=current_person().id)
            return done("Inspection saved", to="plans.plan_coverage", slug=slug)
    return render_template("plans/plan_inspection.html", form=form, plan=plan, has_some=bool(known)), form.status


def _item_in_address(plan: Plan) -> InspectionItem:
    """Return the item that the address names; 404 when the plan is not asked to answer it."""
    item_id = cast("int", (request.view_args or {})["item_id"])
    found = item_of_plan(db_session(), plan, item_id)
    if found is None:
        abort(404)
    return found
