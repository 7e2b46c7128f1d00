"""Bringing a published plan in through a page, and settling what its import doubted; its steps stand elsewhere."""

import hashlib
import secrets

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField, TextAreaField, ValidationError

from tracker.core.problems import Invalid, Problem
from tracker.core.uploads import LARGEST
from tracker.core.uploads.refusals import RefusedFileError
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.doubts import open_doubt, settle_doubt
from tracker.plans.commands.importing import LONGEST_TITLE
from tracker.plans.commands.incoming import keep_import
from tracker.plans.imports.whole_reading import READER, Asked
from tracker.plans.models import ImportDoubt, Plan
from tracker.plans.queries.doubts import checks_of, doubt_at
from tracker.plans.queries.imports import import_of_plan, imported_before, unfinished_imports
from tracker.plans.queries.plan import plan_by_slug
from tracker.web.access import allowed, current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, trimmed
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_place import checked_plan, patience, place_of
from tracker.web.plans.import_rows import unfinished_rows
from tracker.web.saving import done, saving, told
from tracker.web.security import takes_files

_LONGEST_TEXT = 200_000
_PASTED = "pasted text"
_BEFORE = "This document was imported before, so nothing was changed"


class PlanForm(Form):
    """Asks for the document of a plan, as a file or pasted, for its title and for the day of its approval."""

    file = FileField("The plan as a file")
    text = TextAreaField("Or the plan pasted", [AtMost(_LONGEST_TEXT, "The plan pasted")])
    title = StringField("Title", [NotBlank("Give the plan a title"), AtMost(LONGEST_TITLE, "The title")])
    approved_on = DayField("Approved on")

    def validate_file(self, field: FileField) -> None:
        """Ask for a file or a pasted text; what is in it is the importer's to judge."""
        has_file, has_text = bool(getattr(field.data, "filename", "")), bool(self.text.data)
        if not has_file and not has_text:
            raise ValidationError("Choose the file of the plan, or paste the plan")
        if has_file and has_text:
            raise ValidationError("Choose a file or paste the plan, not both")

    def document(self) -> tuple[bytes, str]:
        """Return the file, or what was pasted, with its name; raises `Problem` when it may not be taken."""
        sent = self.file.data
        if not getattr(sent, "filename", ""):
            return (self.text.data or "").encode(), _PASTED
        return checked_plan(sent.read(LARGEST + 1), sent.filename)


@bp.route("/plans/new", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
@takes_files(21)
def plan_new() -> ResponseReturnValue:
    """Take the document of a plan in and begin to read it; nothing of the plan is stored yet."""
    form = PlanForm()
    if form.validate_on_submit() and (came := _document(form)) is not None:
        raw, name = came
        slug = imported_before(db_session(), hashlib.sha256(raw).hexdigest())
        if slug is not None:
            return told(_BEFORE, kind="info", to="plans.plan_checks", slug=slug)
        if (public_id := _begun(form, raw, name)) is not None:
            return redirect(url_for("plans.import_show", public_id=public_id), 303)
    rows = unfinished_rows(unfinished_imports(db_session(), current_person()))
    return render_template("plans/plan_new.html", form=form, unfinished=rows), form.status


def _document(form: PlanForm) -> tuple[bytes, str] | None:
    try:
        return form.document()
    except Problem as problem:
        form.refuse(problem)
        return None


def _begun(form: PlanForm, raw: bytes, name: str) -> str | None:
    """Begin to read a document, and keep it unless it is refused at once; return its address."""
    public_id = secrets.token_urlsafe(18)
    place = place_of(public_id)
    try:
        place.keep(raw)
        place.begin(READER, Asked(name, approved_on=form.approved_on.day).line())
        place.wait(patience())
    except RefusedFileError as refused:
        place.remove()
        form.refuse(Invalid("file", refused.sentence))
        return None
    with saving(form) as session:
        keep_import(
            session,
            public_id=public_id,
            file_name=name,
            sha256=hashlib.sha256(raw).hexdigest(),
            title=trimmed(form.title.data),
            approved_on=form.approved_on.day,
            by=current_person(),
        )
    if form.problems:
        place.remove()
        return None
    return public_id


@bp.get("/plans/<slug>/checks")
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_checks(plan: Plan) -> ResponseReturnValue:
    """Show what the import of a plan left to check."""
    return _checks(plan)


def _checks(plan: Plan, form: Form | None = None) -> ResponseReturnValue:
    checks = checks_of(db_session(), plan)
    page = page_of(len(checks.doubts), lambda number: url_for("plans.plan_checks", slug=plan.slug, page=number))
    shown = checks.doubts[page.rows]
    made = import_of_plan(db_session(), plan) if allowed(Permission.PLAN_IMPORT) else None
    undo_url = url_for("plans.import_undo", import_id=made.id) if made is not None else None
    page_of_checks = render_template(
        "plans/plan_checks.html", plan=plan, checks=checks, doubts=shown, page=page, form=form, undo_url=undo_url
    )
    return page_of_checks, form.status if form is not None else 200


@bp.post("/plans/<slug>/checks/<int:doubt_id>/settle")
@requires(Permission.PLAN_EDIT, about=doubt_at)
def doubt_settle(doubt: ImportDoubt) -> ResponseReturnValue:
    """Record that a doubt was settled."""
    form, line, plan = Form(), doubt.line, db_session().get_one(Plan, doubt.plan_id)
    if form.validate_on_submit():
        with saving(form) as session:
            settle_doubt(session, doubt, by=current_person())
            return done(f"Settled: line {line}", to="plans.plan_checks", slug=plan.slug)
    return _checks(plan, form)


@bp.post("/plans/<slug>/checks/<int:doubt_id>/open")
@requires(Permission.PLAN_EDIT, about=doubt_at)
def doubt_open(doubt: ImportDoubt) -> ResponseReturnValue:
    """Take back that a doubt was settled, so that it stands among the open ones again."""
    form, line, plan = Form(), doubt.line, db_session().get_one(Plan, doubt.plan_id)
    if form.validate_on_submit():
        with saving(form) as session:
            open_doubt(session, doubt, by=current_person())
            return done(f"Open again: line {line}", to="plans.plan_checks", slug=plan.slug)
    return _checks(plan, form)
