"""The later steps of an import: things to check first, one action put right, the preview, and the import itself."""

import hashlib

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.problems import Conflict, Problem
from tracker.core.text import counted
from tracker.core.uploads.refusals import RefusedFileError
from tracker.people.policy import Permission
from tracker.plans.commands.incoming import put_right, settle_doubts
from tracker.plans.imports.finishing import finish_import, plan_with_answers
from tracker.plans.imports.text_plan import ImportReport
from tracker.plans.rules.importing import doubts_of
from tracker.plans.rules.reading import ActionReading, PlanReading
from tracker.web.access import current_person, requires
from tracker.web.paging import Page, page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_forms import SPARE_STEPS, ChecksForm, ConfirmForm, action_form, correction_of
from tracker.web.plans.import_place import Incoming, incoming, place_of
from tracker.web.plans.import_rows import counts_of, preview_areas, steps_of
from tracker.web.plans.import_standing import standing_of
from tracker.web.plans.import_storing import storing, takes_long
from tracker.web.saving import done, saving

_ALTERED = "The document is no longer what was read. Bring it again"


@bp.route("/plans/import/<public_id>/checks", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
def import_checks(public_id: str) -> ResponseReturnValue:
    """Show what the reading doubted, each with its place and a suggested answer, and take what is right as it is."""
    there = incoming(public_id)
    if not isinstance(there, Incoming):
        return there
    doubts = doubts_of(there.found.reading)
    page = _page(len(doubts), "plans.import_checks", public_id)
    form = ChecksForm(data={"version": str(there.kept.version)})
    if form.validate_on_submit():
        with saving(form) as session:
            settle_doubts(
                session,
                there.kept,
                shown=[doubt.key for doubt in doubts[page.rows]],
                settled=form.settled.data or [],
                version=form.version.number,
            )
            return done("Answers kept", to="plans.import_checks", public_id=public_id, page=page.number)
        there = _as_stored(public_id)
        form.version.data = str(there.kept.version)
    return render_template(
        "plans/import_checks.html",
        form=form,
        kept=there.kept,
        doubts=doubts[page.rows],
        settled=there.answers.settled,
        refs=_refs(there.found.reading),
        page=page,
        unread=there.found.reading.unread,
        steps=steps_of(public_id, there.found.reading, there.answers, current="import_checks"),
    ), form.status


@bp.route("/plans/import/<public_id>/actions/<ref>", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
def import_action(public_id: str, ref: str) -> ResponseReturnValue:
    """Put one action right before it comes in."""
    there = incoming(public_id)
    if not isinstance(there, Incoming):
        return there
    action = _action(plan_with_answers(there.kept, there.found).reading, ref)
    form = action_form(there.kept, action)
    doubts = [doubt for doubt in doubts_of(there.found.reading) if doubt.ref == ref]
    if form.validate_on_submit():
        with saving(form) as session:
            put_right(
                session,
                there.kept,
                ref=ref,
                correction=correction_of(form, action),
                settles=[doubt.key for doubt in doubts],
                version=form.version.number,
            )
            return done(f"{ref} comes in as you wrote it", to="plans.import_checks", public_id=public_id)
        form.version.data = str(_as_stored(public_id).kept.version)
    steps = range(len(action.milestones) + SPARE_STEPS)
    return render_template(
        "plans/import_action.html",
        form=form,
        public_id=public_id,
        action=action,
        doubts=doubts,
        steps=[(form[f"step_{place}"], form[f"date_{place}"]) for place in steps],
    ), form.status


@bp.get("/plans/import/<public_id>/preview")
@requires(Permission.PLAN_IMPORT)
def import_preview(public_id: str) -> ResponseReturnValue:
    """Show the plan as it would come in."""
    there = incoming(public_id)
    if not isinstance(there, Incoming):
        return there
    reading = plan_with_answers(there.kept, there.found).reading
    page = _page(sum(len(area.actions) for area in reading.areas), "plans.import_preview", public_id)
    return render_template(
        "plans/import_preview.html",
        kept=there.kept,
        counts=counts_of(reading),
        areas=preview_areas(public_id, reading, there.answers, page.rows, standing_of(there.kept)),
        page=page,
        steps=steps_of(public_id, there.found.reading, there.answers, current="import_preview"),
    )


@bp.route("/plans/import/<public_id>/confirm", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
def import_confirm(public_id: str) -> ResponseReturnValue:
    """Say what the import will do, and do it."""
    there = incoming(public_id)
    if not isinstance(there, Incoming):
        return there
    form = ConfirmForm(data={"version": str(there.kept.version)})
    if form.validate_on_submit() and (raw := _document(form, there)) is not None:
        with storing(public_id, there.found.reading) as progress, saving(form) as session:
            report = finish_import(
                session,
                there.kept,
                there.found,
                raw=raw,
                version=form.version.number,
                by=current_person(),
                progress=progress,
            )
            return _imported(report)
        there = _as_stored(public_id)
        form.version.data = str(there.kept.version)
    reading = plan_with_answers(there.kept, there.found).reading
    open_doubts = sum(doubt.key not in there.answers.settled for doubt in doubts_of(there.found.reading))
    return render_template(
        "plans/import_confirm.html",
        form=form,
        kept=there.kept,
        counts=counts_of(reading),
        actions=counted(sum(len(area.actions) for area in reading.areas), "action"),
        takes_long=takes_long(reading),
        left=counted(open_doubts, "thing") if open_doubts else "",
        steps=steps_of(public_id, there.found.reading, there.answers, current="import_confirm"),
    ), form.status


def _imported(report: ImportReport) -> ResponseReturnValue:
    place = {"to": "plans.plan_checks", "slug": report.slug}
    if report.is_repeat:
        return done("This document was imported before, so nothing was changed", **place)
    return done(f"Imported {counted(report.counts['actions'], 'action')}", **place)


def _document(form: ConfirmForm, there: Incoming) -> bytes | None:
    """Return the document as it was brought; when it is no longer that, say so."""
    try:
        raw = place_of(there.kept.public_id).content()
    except RefusedFileError as refused:
        form.refuse(Problem(None, refused.sentence))
        return None
    if hashlib.sha256(raw).hexdigest() != there.kept.sha256:
        form.refuse(Conflict(None, _ALTERED))
        return None
    return raw


def _as_stored(public_id: str) -> Incoming:
    there = incoming(public_id)
    return there if isinstance(there, Incoming) else abort(redirect(url_for("plans.import_show", public_id=public_id)))


def _page(total: int, to: str, public_id: str) -> Page:
    return page_of(total, lambda number: url_for(to, public_id=public_id, page=number))


def _refs(reading: PlanReading) -> frozenset[str]:
    return frozenset(action.ref for area in reading.areas for action in area.actions)


def _action(reading: PlanReading, ref: str) -> ActionReading:
    found = (action for area in reading.areas for action in area.actions if action.ref == ref)
    return next(found, None) or abort(404)
