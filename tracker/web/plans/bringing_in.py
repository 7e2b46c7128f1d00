"""Bringing a published plan in through a page, and settling what its import doubted; reading it is the importer's."""

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField, TextAreaField, ValidationError

from tracker.core.problems import Invalid, Problem
from tracker.core.text import counted
from tracker.core.uploads import LARGEST
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.doubts import open_doubt, settle_doubt
from tracker.plans.imports.plan_file import FileReading, KeyNeeded, PlanFile, read_plan_file
from tracker.plans.imports.text_plan import ImportReport, store_plan
from tracker.plans.models import ImportDoubt, Plan
from tracker.plans.queries.doubts import checks_of, doubt_at
from tracker.plans.queries.plan import plan_by_slug
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, trimmed
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving
from tracker.web.security import takes_files

_LONGEST_TITLE = 200
_LONGEST_TEXT = 200_000
_LONGEST_HELP = 4000
_PASTED = "pasted text"


class PlanForm(Form):
    """Asks for the document of a plan, as a file or pasted, and for what helps to read it."""

    file = FileField("The plan as a file")
    text = TextAreaField("Or the plan pasted", [AtMost(_LONGEST_TEXT, "The plan pasted")])
    title = StringField("Title", [NotBlank("Give the plan a title"), AtMost(_LONGEST_TITLE, "The title")])
    approved_on = DayField("Approved on")
    rag_key = TextAreaField("What the words of its status column mean", [AtMost(_LONGEST_HELP, "This")])
    columns = TextAreaField("What its columns hold", [AtMost(_LONGEST_HELP, "This")])

    def validate_file(self, field: FileField) -> None:
        """Ask for a file or a pasted text; what is in it is the importer's to judge."""
        has_file, has_text = bool(getattr(field.data, "filename", "")), bool(self.text.data)
        if not has_file and not has_text:
            raise ValidationError("Choose the file of the plan, or paste the plan")
        if has_file and has_text:
            raise ValidationError("Choose a file or paste the plan, not both")

    def document(self) -> PlanFile:
        """Return the file, or what was pasted, with what was said of it."""
        sent = self.file.data
        has_file = bool(getattr(sent, "filename", ""))
        return PlanFile(
            sent.read(LARGEST + 1) if has_file else (self.text.data or "").encode(),
            sent.filename if has_file else _PASTED,
            columns=self.columns.data or "",
            key=self.rag_key.data or "",
            scanner=current_app.config["SETTINGS"].scanner or None,
        )


@bp.route("/plans/new", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
@takes_files(21)
def plan_new() -> ResponseReturnValue:
    """Bring in a plan from its document."""
    form = PlanForm()
    if form.validate_on_submit() and (read := _read(form)) is not None:
        file, found = read
        with saving(form) as session:
            report = store_plan(
                session,
                file,
                found,
                title=trimmed(form.title.data),
                approved_on=form.approved_on.day,
                by=current_person().id,
            )
            return done(_said(report), to="plans.plan_checks", slug=report.slug)
    return render_template("plans/plan_new.html", form=form), form.status


def _read(form: PlanForm) -> tuple[PlanFile, FileReading] | None:
    """Read the document before anything waits for the database; a problem stands beside its field."""
    file = form.document()
    try:
        return file, read_plan_file(file, approved_on=form.approved_on.day)
    except Problem as problem:
        form.refuse(problem)
        if isinstance(problem, KeyNeeded) and not form.rag_key.data:
            form.rag_key.data = "".join(f"{word} = \n" for word in problem.words)
        if problem.field != "file" and form.file.data:
            form.refuse(Invalid("file", "Choose the file again: it was not kept"))
        return None


@bp.get("/plans/<slug>/checks")
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_checks(plan: Plan) -> ResponseReturnValue:
    """Show what the import of a plan left to check."""
    return _checks(plan)


def _checks(plan: Plan, form: Form | None = None) -> ResponseReturnValue:
    checks = checks_of(db_session(), plan)
    page = page_of(len(checks.doubts), lambda number: url_for("plans.plan_checks", slug=plan.slug, page=number))
    shown = checks.doubts[page.rows]
    page_of_checks = render_template(
        "plans/plan_checks.html", plan=plan, checks=checks, doubts=shown, page=page, form=form
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


def _said(report: ImportReport) -> str:
    if report.is_repeat:
        return "This document was imported before, so nothing was changed"
    return f"Imported {counted(report.counts['actions'], 'action')}"
