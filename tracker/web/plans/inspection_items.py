"""Pages of one inspection item: adding what a reading missed, putting it right, taking it out and putting it back."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import shortened
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.inspection_items import add_missing_item
from tracker.plans.commands.item_changes import change_item, put_item_back, take_out_item
from tracker.plans.models import Inspection, InspectionItem
from tracker.plans.queries.inspections import inspection_at, is_answered, item_at
from tracker.web.access import current_person, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.inspection_forms import ItemChangeForm, ItemForm, PutBackForm, TakeOutForm
from tracker.web.saving import done, saving, told


@dataclass(frozen=True)
class Within:
    """The inspection that an item is of, as its pages name it."""

    title: str
    url: str


@bp.route("/inspections/<int:inspection_id>/items/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=inspection_at)
def inspection_item_add(inspection: Inspection) -> ResponseReturnValue:
    """Add an item that the reading of the report missed."""
    form, within, inspection_id = ItemForm(), _within(inspection), inspection.id
    if form.validate_on_submit():
        with saving(form) as session:
            add_missing_item(session, inspection, form.facts(), by=current_person())
            return done("Inspection item added", to="plans.inspection_show", inspection_id=inspection_id)
    return render_template("plans/inspection_item_add.html", form=form, inspection=within), form.status


@bp.route("/inspections/<int:inspection_id>/items/<int:item_id>/change", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=item_at)
def inspection_item_change(item: InspectionItem) -> ResponseReturnValue:
    """Put an item right."""
    form, within, inspection_id = ItemChangeForm(data=_data_of(item)), _within(item.inspection), item.inspection_id
    remove_url = url_for("plans.inspection_item_remove", inspection_id=inspection_id, item_id=item.id)
    answers = is_answered(db_session(), item)
    if form.validate_on_submit():
        with saving(form) as session:
            change_item(session, item, form.facts(), by=current_person(), version=form.version.number)
            return done("Inspection item saved", to="plans.inspection_show", inspection_id=inspection_id)
    page = render_template(
        "plans/inspection_item_change.html", form=form, inspection=within, answers=answers, remove_url=remove_url
    )
    return page, form.status


@bp.route("/inspections/<int:inspection_id>/items/<int:item_id>/remove", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=item_at)
def inspection_item_remove(item: InspectionItem) -> ResponseReturnValue:
    """Ask why, then take out what inspectors never asked for."""
    form, within = TakeOutForm(data={"version": str(item.version)}), _within(item.inspection)
    inspection_id, words = item.inspection_id, item.words
    if form.validate_on_submit():
        with saving(form) as session:
            take_out_item(session, item, why=form.why.data or "", by=current_person(), version=form.version.number)
            return done(f"Taken out: {shortened(words, 60)}", to="plans.inspection_show", inspection_id=inspection_id)
    page = render_template("plans/inspection_item_remove.html", form=form, inspection=within, words=words)
    return page, form.status


@bp.post("/inspections/<int:inspection_id>/items/<int:item_id>/restore")
@requires(Permission.PLAN_EDIT, about=item_at)
def inspection_item_restore(item: InspectionItem) -> ResponseReturnValue:
    """Put an item back that was taken out."""
    form, inspection_id, words = PutBackForm(), item.inspection_id, item.words
    if form.validate_on_submit():
        with saving(form) as session:
            put_item_back(session, item, by=current_person(), version=form.version.number)
            return done(f"Put back: {shortened(words, 60)}", to="plans.inspection_show", inspection_id=inspection_id)
    why = form.problems[0][1] if form.problems else "It was not put back"
    return told(why, to="plans.inspection_show", kind="problem", inspection_id=inspection_id)


def _within(inspection: Inspection) -> Within:
    return Within(inspection.title, url_for("plans.inspection_show", inspection_id=inspection.id))


def _data_of(item: InspectionItem) -> dict[str, str]:
    return {
        "item_class": item.item_class.value,
        "heading": item.heading,
        "number": item.number,
        "paragraph": item.paragraph,
        "words": item.words,
        "points": item.points,
        "version": str(item.version),
    }
