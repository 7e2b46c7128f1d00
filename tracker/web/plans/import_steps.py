"""The first steps of an import: how far the reading is, what was found and how it is to be read, and all imports."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.uploads.refusals import RefusedFileError
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.incoming import answers_of, change_reading, discard_import
from tracker.plans.commands.mappings import LONGEST_NAME, keep_mapping, signature
from tracker.plans.imports.plan_file import key_sentence
from tracker.plans.imports.whole_reading import WholeReading
from tracker.plans.models import UnfinishedImport
from tracker.plans.queries.imports import kept_mapping, mappings_for
from tracker.plans.rules.reading import NO_ACTIONS
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, trimmed
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_forms import columns_said, found_form, key_said, words_of
from tracker.web.plans.import_place import begin_again, elsewhere, own, place_of, reading_of, still_reading, wait_for
from tracker.web.plans.import_rows import counts_of, steps_of
from tracker.web.saving import done, saving, told


@bp.route("/plans/import/<public_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
def import_show(public_id: str) -> ResponseReturnValue:
    """Show how far a document is read and then what was found in it; take how it is to be read."""
    kept = own(public_id)
    if (other := elsewhere(kept)) is not None:
        return other
    try:
        found = reading_of(kept)
    except RefusedFileError as refused:
        return render_template("plans/import_reading.html", kept=kept, refused=refused.sentence, reached=None)
    if found is None:
        return still_reading(kept)
    form = found_form(kept, found)
    if form.validate_on_submit():
        is_changed = False
        with saving(form) as session:
            is_changed = change_reading(
                session,
                kept,
                title=trimmed(form.title.data),
                approved_on=form.approved_on.day,
                columns=columns_said(form, found),
                rag_key=key_said(form, found),
                version=form.version.number,
            )
            _keep_for_next_time(form, found)
            if is_changed:
                begin_again(kept)
        if not form.problems:
            return _next_step(own(public_id), is_changed=is_changed)
    kept = own(public_id)
    form.version.data = str(kept.version)
    return _found_page(kept, found, form), form.status


def _keep_for_next_time(form: Any, found: WholeReading) -> None:
    if form.keep_as.data:
        keep_mapping(
            db_session(),
            name=form.keep_as.data,
            headings=[column.heading for column in found.columns],
            columns=columns_said(form, found, whole=True),
            rag_key=key_said(form, found),
            by=current_person(),
        )


def _said(form: Any, found: WholeReading) -> tuple[str, str] | None:
    """Return what the page says columns and colours mean, as a mapping keeps it; None while something is not said."""
    if form.errors or not all(form[f"word_{place}"].data for place, _ in enumerate(words_of(found))):
        return None
    return columns_said(form, found, whole=True), key_said(form, found)


def _next_step(kept: UnfinishedImport, *, is_changed: bool) -> ResponseReturnValue:
    """Wait for the reading when its columns mean something else now, and go on to the checks."""
    if is_changed:
        wait_for(kept.public_id)
    return redirect(url_for("plans.import_checks", public_id=kept.public_id), 303)


def _found_page(kept: UnfinishedImport, found: WholeReading, form: Any) -> str:
    reading = found.reading
    signatures = {signature(column.heading for column in found.columns)}
    said = _said(form, found)
    return render_template(
        "plans/import_show.html",
        form=form,
        kept=kept,
        counts=counts_of(reading),
        steps=steps_of(kept.public_id, reading, answers_of(kept), current="import_show"),
        columns=[(form[f"column_{place}"], column.samples) for place, column in enumerate(found.columns)],
        words=[form[f"word_{place}"] for place, _ in enumerate(words_of(found))],
        no_actions="" if found.has_actions else NO_ACTIONS,
        ask_key=key_sentence(reading.unkeyed).partition(", for example")[0] if reading.unkeyed else "",
        mappings=[one.name for one in mappings_for(db_session(), signatures) if (one.columns, one.rag_key) != said],
        unread=len(reading.unread),
    )


@bp.post("/plans/import/<public_id>/mapping")
@requires(Permission.PLAN_IMPORT)
def import_mapping(public_id: str) -> ResponseReturnValue:
    """Read a document as one with the same headings was read before."""
    kept, form = own(public_id), Form()
    if (other := elsewhere(kept)) is not None:
        return other
    mapping = kept_mapping(db_session(), trimmed(request.form.get("mapping"))[:LONGEST_NAME])
    if mapping is None or not form.validate():
        return abort(404 if mapping is None else form.status)
    with saving(form) as session:
        change_reading(
            session,
            kept,
            title=kept.title,
            approved_on=kept.approved_on,
            columns=mapping.columns,
            rag_key=mapping.rag_key,
            version=kept.version,
        )
        begin_again(kept)
    if form.problems:
        return told(form.problems[0][1], kind="problem", to="plans.import_show", public_id=public_id)
    wait_for(public_id)
    return redirect(url_for("plans.import_show", public_id=public_id), 303)


@bp.post("/plans/import/<public_id>/discard")
@requires(Permission.PLAN_IMPORT)
def import_discard(public_id: str) -> ResponseReturnValue:
    """Throw away an import that is not finished."""
    kept, form = own(public_id), Form()
    if (other := elsewhere(kept)) is not None:
        return other
    if form.validate():
        with saving(form) as session:
            discard_import(session, kept)
            place_of(public_id).remove()
            return done("Import discarded. Nothing of it was stored", to="plans.plan_new")
    return abort(form.status)
