"""Bringing a filled workbook back: choose the file, see what will change, save it in one go, or go on with one row."""

import secrets
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, FileField

from tracker.core.problems import Conflict, Problem
from tracker.core.text import counted
from tracker.core.uploads import WORKBOOK, checked_upload, safe_name
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.drafts import keep_draft
from tracker.plans.commands.workbooks import (
    compare_again,
    discard_workbook,
    is_over,
    keep_workbook,
    save_workbook,
)
from tracker.plans.imports.update_workbook import filled_workbook
from tracker.plans.models import Action, FilledWorkbook
from tracker.plans.queries.action import action_at
from tracker.plans.queries.workbook import own_workbook
from tracker.plans.rules.keeping import WORKBOOKS_KEPT
from tracker.plans.rules.workbook import ActionRow, Compared, Comparison, Filled
from tracker.plans.rules.workbook.compared import compared_from
from tracker.plans.rules.workbook.rows import filled_from
from tracker.web.access import allowed, current_person, requires
from tracker.web.forms import Form, VersionField, chosen
from tracker.web.plans.action import may_update
from tracker.web.plans.blueprint import bp
from tracker.web.plans.update_form import fields_of_row
from tracker.web.plans.workbook_rows import shown_workbook, tick_name
from tracker.web.plans.workbook_sending import stamps_here
from tracker.web.saving import done, saving, told
from tracker.web.security import takes_files
from tracker.web.templating import clock_time

_CHANGED = "This workbook was compared again in another window. Look at what would change now"


class WorkbookForm(Form):
    """Asks for a filled workbook."""

    file = FileField("The filled workbook", [chosen("Choose the workbook")])


class SaveForm(Form):
    """Saves what a workbook says, as its reader saw it; rows that are behind each have a box of their own."""

    version = VersionField()


@bp.route("/workbooks/new", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE)
@takes_files(21)
def workbook_new() -> ResponseReturnValue:
    """Take a filled workbook in, and show what it would change; nothing is saved yet."""
    form = WorkbookForm()
    filled = _filled(form) if form.validate_on_submit() else None
    if filled is not None:
        with saving(form) as session:
            name = safe_name(form.file.data.filename)
            kept = keep_workbook(session, filled, file_name=name, by=current_person())
            return redirect(url_for("plans.workbook_show", public_id=kept.public_id), 303)
    mine = allowed(Permission.ACTION_MINE)
    return render_template("plans/workbook_new.html", form=form, has_own=mine), form.status


def _filled(form: Any) -> Filled | None:
    """Read the workbook that was sent, before anything is written: looking into a file takes a moment."""
    sent, scanner = form.file.data, current_app.config["SETTINGS"].scanner or None
    try:
        upload = checked_upload(sent.stream, sent.filename, WORKBOOK, scanner=scanner)
        return filled_workbook(upload.data, stamps_here())
    except Problem as problem:
        form.refuse(problem)
        return None


@bp.route("/workbooks/<public_id>", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE)
def workbook_show(public_id: str) -> ResponseReturnValue:
    """Show row by row what a workbook changes, and save what can be saved, all of it or nothing."""
    kept = _own(public_id)
    if is_over(kept):
        return _bring_again()
    form = _save_form(kept)
    if form.validate_on_submit():
        ticked = [one.action_id for one in _behind(kept) if form[tick_name(one)].data]
        with saving(form) as session:
            if kept.saved_at is None and kept.version != form.version.number:
                raise Conflict(None, _CHANGED)
            count = save_workbook(session, kept, ticked=ticked, by=current_person())
            return done(f"Saved {counted(count, 'update')} from your workbook", **_page_of(kept))
        kept = _compared_again(public_id)
        form = _as_found_now(kept, form)
    until = clock_time(_until(kept))
    return render_template(
        "plans/workbook_show.html", form=form, book=shown_workbook(kept, form), until=until, public_id=public_id
    ), form.status


@bp.post("/workbooks/<public_id>/discard")
@requires(Permission.ACTION_UPDATE)
def workbook_discard(public_id: str) -> ResponseReturnValue:
    """Throw a filled workbook away."""
    kept, form = _own(public_id), Form()
    if form.validate():
        with saving(form) as session:
            discard_workbook(session, kept)
            return done("Workbook discarded. Nothing of it was saved", to="plans.workbook_new")
    return abort(form.status)


@bp.post("/workbooks/<public_id>/rows/<int(max=2147483647):action_id>/write")
@requires(Permission.ACTION_UPDATE)
def workbook_write(public_id: str, action_id: int) -> ResponseReturnValue:
    """Put the words of one row into the form of its action as a draft, so that they can be put right there."""
    kept, form = _own(public_id), Form()
    if is_over(kept):
        return _bring_again()
    row, action = _row_of(kept, action_id)
    if not form.validate():
        return abort(form.status)
    with saving(form) as session:
        token = f"workbook-{secrets.token_urlsafe(16)}"
        fields = fields_of_row(row)
        keep_draft(session, action, typed=fields, after=row.after, written_from=token, version=0, by=current_person())
        place = {"slug": action.plan.slug, "ref": action.ref}
        return done(f"Your words from the workbook are in the form of {action.ref}", to="plans.action_update", **place)
    return told(f"{row.number}: {form.problems[0][1]}", kind="problem", **_page_of(kept))


def _bring_again() -> ResponseReturnValue:
    words = "This workbook was brought more than an hour ago. Bring it again"
    return told(words, kind="problem", to="plans.workbook_new")


def _page_of(kept: FilledWorkbook) -> dict[str, Any]:
    return {"to": "plans.workbook_show", "public_id": kept.public_id}


def _own(public_id: str) -> FilledWorkbook:
    """Return the person's own workbook, or answer that there is none."""
    kept = own_workbook(db_session(), public_id, current_person())
    if kept is None:
        abort(404)
    return kept


def _until(kept: FilledWorkbook) -> datetime:
    return kept.kept_at + WORKBOOKS_KEPT


def _behind(kept: FilledWorkbook) -> list[Compared]:
    return [one for one in compared_from(kept.compared) if one.comparison is Comparison.BEHIND]


def _save_form(kept: FilledWorkbook) -> Any:
    boxes = {tick_name(one): BooleanField(f"Save mine as the newer update of {one.number}") for one in _behind(kept)}
    return type("SaveWorkbookForm", (SaveForm,), boxes)(data={"version": kept.version})


def _compared_again(public_id: str) -> FilledWorkbook:
    """Return a workbook compared with what is stored now, after it could not be saved."""
    kept, form = _own(public_id), Form()
    with saving(form) as session:
        compare_again(session, kept, by=current_person())
    return kept


def _as_found_now(kept: FilledWorkbook, refused: Any) -> Any:
    """Return the form upon what was found now, with what is wrong; ticks are asked for again."""
    form = _save_form(kept)
    form.form_errors, form.is_stale = [words for _, words in refused.problems], refused.is_stale
    form.version.data = str(kept.version)
    return form


def _row_of(kept: FilledWorkbook, action_id: int) -> tuple[ActionRow, Action]:
    """Return a row of a workbook with its action, when the person may still update it."""
    row = next((row for row in filled_from(kept.filled).rows if row.action_id == action_id), None)
    one = next((one for one in compared_from(kept.compared) if one.action_id == action_id), None)
    action = action_at(db_session(), one.slug, one.ref) if one is not None else None
    if row is None or action is None or not may_update(action):
        abort(404)
    return row, action
