"""What the office says of an area on pages of their own: the inspection items it answers, and its priority."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField, TextAreaField

from tracker.people.policy import Permission
from tracker.plans.commands.areas import LONGEST_REASON, set_priority
from tracker.plans.commands.inspection_items import answer_in_words
from tracker.plans.commands.item_changes import LONGEST_NUMBER, LONGEST_WORDS
from tracker.plans.models import Area
from tracker.plans.queries.overview import area_is_priority
from tracker.plans.queries.plan import area_by_number
from tracker.plans.rules.states import ItemClass
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, choice, choices_of, trimmed
from tracker.web.plans.area import item_line
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving

_PRIORITIES = {"items": None, "yes": True, "no": False}


class InspectionItemForm(Form):
    """Asks for an item of the inspection in the inspectors' own words."""

    item_class = FromList(
        "What the inspectors call it",
        choices=choices_of(ItemClass),
        default=ItemClass.AREA_FOR_IMPROVEMENT.value,
    )
    number = StringField("Number or paragraph", [AtMost(LONGEST_NUMBER, "The number")])
    words = TextAreaField(
        "Exact words",
        [NotBlank("Enter the exact words of the inspection report"), AtMost(LONGEST_WORDS, "The words")],
    )


class PriorityForm(Form):
    """Asks whether an area is a priority, and why."""

    priority = RadioField(
        "Is this area a priority?",
        choices=[
            choice("items", "As its inspection items say"),
            choice("yes", "Yes"),
            choice("no", "No"),
        ],
        default="items",
    )
    reason = TextAreaField("Why?", [AtMost(LONGEST_REASON, "The reason")])
    version = VersionField()


@bp.route("/plans/<slug>/areas/<int:number>/items/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=area_by_number)
def area_item_add(area: Area) -> ResponseReturnValue:
    """Add an inspection item that the area answers."""
    form, plan, slug, number = InspectionItemForm(), area.plan, area.plan.slug, area.number
    if form.validate_on_submit():
        with saving(form) as session:
            answer_in_words(
                session,
                area,
                item_class=ItemClass(form.item_class.data),
                number=trimmed(form.number.data),
                words=trimmed(form.words.data),
                by=current_person(),
            )
            return done("Inspection item added", to="plans.area_show", slug=slug, number=number)
    items = [item_line(answered.item) for answered in area.items]
    page = render_template("plans/area_item_add.html", area=area, plan=plan, form=form, items=items)
    return page, form.status


@bp.route("/plans/<slug>/areas/<int:number>/priority", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=area_by_number)
def area_priority(area: Area) -> ResponseReturnValue:
    """Set whether the area counts as a priority."""
    form, plan, slug, number = _priority_form(area), area.plan, area.plan.slug, area.number
    if form.validate_on_submit():
        with saving(form) as session:
            set_priority(
                session,
                area,
                priority=_PRIORITIES[form.priority.data],
                reason=trimmed(form.reason.data),
                by=current_person(),
                version=form.version.number,
            )
            return done("Priority saved", to="plans.area_show", slug=slug, number=number)
    page = render_template("plans/area_priority.html", area=area, plan=plan, form=form, now=area_is_priority(area))
    return page, form.status


def _priority_form(area: Area) -> PriorityForm:
    set_by_office = {None: "items", True: "yes", False: "no"}[area.priority_set]
    return PriorityForm(data={"priority": set_by_office, "reason": area.priority_reason, "version": str(area.version)})
