"""Bringing an inspection report in: choose or paste it, see what was read, confirm; reading is the importer's."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from tracker.core.problems import Invalid, Problem
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.imports.inspection_report import (
    ReportText,
    facts_of,
    import_inspection,
    read_inspection,
    report_text,
)
from tracker.plans.models import Plan
from tracker.plans.queries.inspections import inspections_to_follow, plans_to_answer
from tracker.plans.rules.inspecting import InspectionReading
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, trimmed
from tracker.web.plans.blueprint import bp
from tracker.web.plans.inspection_forms import ConfirmForm, ReportForm, facts_as_data
from tracker.web.plans.inspection_rows import read_groups
from tracker.web.saving import done, saving
from tracker.web.security import takes_files

_PASTED = "Pasted text"


@bp.route("/inspections/new", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
@takes_files(21)
def inspection_new() -> ResponseReturnValue:
    """Take a report in and show what was read; nothing is saved yet."""
    form = ReportForm()
    if form.validate_on_submit() and (read := _read(form)) is not None:
        source, reading = read
        return _preview(_confirm_form(source, reading), reading, kept=None)
    return render_template("plans/inspection_new.html", form=form), form.status


@bp.post("/inspections/new/confirm")
@requires(Permission.PLAN_IMPORT)
def inspection_confirm() -> ResponseReturnValue:
    """Bring in what was read, as somebody has put it right."""
    form = ConfirmForm()
    plans = _offer(form)
    source = ReportText(form.name.data or _PASTED, form.text.data or "")
    reading = _reading_of(form, source)
    if reading is None:
        again = ReportForm(formdata=None, data={"text": source.text})
        again.form_errors = [message for _, message in form.problems]
        return render_template("plans/inspection_new.html", form=again), again.status
    kept = {int(place) for place in form.keep.data or [] if place.isascii() and place.isdigit() and len(place) < 6}
    left_out = set(range(len(reading.items))) - kept
    if form.validate_on_submit():
        with saving(form) as session:
            inspection = import_inspection(
                session,
                source=source,
                reading=reading,
                facts=form.facts(),
                plan=form.chosen_plan(plans),
                left_out=left_out,
                by=current_person().id,
            )
            said = f"Brought in {counted(len(reading.items) - len(left_out), 'item')}"
            return done(said, to="plans.inspection_show", inspection_id=inspection.id)
    return _preview(form, reading, kept=kept)


def _read(form: ReportForm) -> tuple[ReportText, InspectionReading] | None:
    """Return the report that was sent with what was read of it; a problem stands in the form."""
    try:
        source = _source(form)
        return source, read_inspection(source)
    except Problem as problem:
        form.refuse(problem)
        return None


def _source(form: ReportForm) -> ReportText:
    if form.has_file:
        scanner = current_app.config["SETTINGS"].scanner or None
        return report_text(form.file.data.stream, form.file.data.filename, scanner=scanner)
    if not trimmed(form.text.data):
        raise Invalid("file", "Choose the file of the report, or paste its text")
    return ReportText(_PASTED, trimmed(form.text.data))


def _reading_of(form: Form, source: ReportText) -> InspectionReading | None:
    try:
        return read_inspection(source)
    except Problem as problem:
        form.refuse(problem)
        return None


def _confirm_form(source: ReportText, reading: InspectionReading) -> ConfirmForm:
    data = {**facts_as_data(facts_of(reading)), "text": source.text, "name": source.name}
    form = ConfirmForm(formdata=None, data=data)
    _offer(form)
    return form


def _offer(form: ConfirmForm) -> list[Plan]:
    plans = list(plans_to_answer(db_session()))
    form.offer(inspections_to_follow(db_session()))
    form.offer_plans(plans)
    return plans


def _preview(form: ConfirmForm, reading: InspectionReading, *, kept: set[int] | None) -> ResponseReturnValue:
    page = render_template(
        "plans/inspection_confirm.html",
        form=form,
        groups=read_groups(reading, kept),
        size=counted(len(reading.items), "item"),
        doubts=reading.warnings,
    )
    return page, form.status
