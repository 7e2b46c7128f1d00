"""Inspections and visits on one timeline, each with its items and the days by which it is answered, and its facts."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.inspections import InspectionFacts, change_inspection
from tracker.plans.models import Inspection
from tracker.plans.queries.inspections import (
    areas_by_item,
    inspection_at,
    inspections_seen_by,
    inspections_to_follow,
    plans_answering,
    timeline_of,
)
from tracker.web.access import allowed, current_person, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.inspection_forms import ChangeForm, facts_as_data
from tracker.web.plans.inspection_rows import facts_about, inspection_row, item_groups, taken_out, timeline_rows
from tracker.web.saving import done, saving


@bp.get("/inspections")
@requires(Permission.PLAN_READ)
def inspection_index() -> ResponseReturnValue:
    """List the inspections and visits, the newest first."""
    found = inspections_seen_by(db_session(), current_person())
    page = page_of(len(found), lambda number: url_for("plans.inspection_index", page=number))
    rows = tuple(inspection_row(summary) for summary in found[page.rows])
    may_import = allowed(Permission.PLAN_IMPORT)
    return render_template("plans/inspection_index.html", rows=rows, page=page, may_import=may_import)


@bp.get("/inspections/<int:inspection_id>")
@requires(Permission.PLAN_READ, about=inspection_at)
def inspection_show(inspection: Inspection) -> ResponseReturnValue:
    """Show an inspection with its items and the visits after it."""
    session, person = db_session(), current_person()
    plans = plans_answering(session, inspection, person)
    return render_template(
        "plans/inspection_show.html",
        inspection=inspection,
        facts=facts_about(inspection, plans, today=clock.today()),
        size=counted(len(inspection.standing), "item"),
        groups=item_groups(inspection, areas_by_item(session, inspection, person), has_plan=bool(plans)),
        taken_out=taken_out(inspection),
        timeline=timeline_rows(timeline_of(session, inspection), inspection),
        may_edit=allowed(Permission.PLAN_EDIT, inspection),
    )


@bp.route("/inspections/<int:inspection_id>/change", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=inspection_at)
def inspection_change(inspection: Inspection) -> ResponseReturnValue:
    """Put the facts of an inspection right, and enter the day on which its report came."""
    form, inspection_id = ChangeForm(data=_data_of(inspection)), inspection.id
    form.offer([one for one in inspections_to_follow(db_session()) if one.id != inspection_id])
    if form.validate_on_submit():
        with saving(form) as session:
            change_inspection(session, inspection, form.facts(), by=current_person(), version=form.version.number)
            return done("Inspection saved", to="plans.inspection_show", inspection_id=inspection_id)
    page = render_template("plans/inspection_change.html", form=form, inspection_id=inspection_id)
    return page, form.status


def _data_of(inspection: Inspection) -> dict[str, object]:
    facts = InspectionFacts(
        title=inspection.title,
        kind=inspection.kind,
        authority=inspection.authority,
        held=inspection.held,
        published_on=inspection.published_on,
        received_on=inspection.received_on,
        follows_id=inspection.follows_id,
    )
    return {**facts_as_data(facts), "version": str(inspection.version)}
