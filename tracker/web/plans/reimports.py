"""Bringing in a later version of a plan: choose its file, see what differs, take in what is ticked."""

from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, FileField, HiddenField, TextAreaField, ValidationError

from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.core.uploads import LARGEST, safe_name
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.reimport import (
    LaterVersion,
    differences,
    discard_reimport,
    fingerprint,
    is_too_old,
    keep_reimport,
    look_again,
    take_in_pending,
)
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.models import PendingReimport, Plan, Reimport
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reimports import pending_at, pending_of, pending_rest, reimport_at, reimports_of
from tracker.plans.rules.keeping import REIMPORTS_KEPT
from tracker.plans.rules.reimport import PlanChange
from tracker.plans.rules.reimport.contents import content_from
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form
from tracker.web.paging import Page, page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.reimport_rows import sections_of, summary_of, taken_rows, tick_name
from tracker.web.saving import done, saving, told
from tracker.web.security import takes_files
from tracker.web.templating import day

_LONGEST_TEXT = 200_000
_LONGEST_HELP = 4000


class LaterVersionForm(Form):
    """Asks for a later version of a plan, as a file or pasted, and for what its columns hold."""

    file = FileField("The later version as a file")
    text = TextAreaField("Or the later version pasted", [AtMost(_LONGEST_TEXT, "The later version pasted")])
    columns = TextAreaField("What its columns hold", [AtMost(_LONGEST_HELP, "This")])

    def validate_file(self, field: FileField) -> None:
        """Ask for a file or a pasted text; what is in it is the reader's to judge."""
        has_file, has_text = bool(getattr(field.data, "filename", "")), bool(self.text.data)
        if has_file == has_text:
            both = "Choose a file or paste the plan, not both"
            raise ValidationError(both if has_file else "Choose the file of the later version, or paste it")

    def document(self) -> PlanFile:
        """Return the file, or what was pasted, with what was said of it."""
        sent, text = self.file.data, self.text.data or ""
        return PlanFile(
            sent.read(LARGEST + 1) if not text else text.encode(),
            safe_name(sent.filename) if not text else "pasted text",
            columns=self.columns.data or "",
            scanner=current_app.config["SETTINGS"].scanner or None,
        )


class TakeInForm(Form):
    """Takes in what is ticked, as its reader saw it; each difference has a box of its own."""

    seen = HiddenField()


@bp.get("/plans/<slug>/later-versions")
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def reimport_index(plan: Plan) -> ResponseReturnValue:
    """List the later versions of which something was taken in, and those that wait for one's own word."""
    session = db_session()
    taken = reimports_of(session, plan)
    page = page_of(len(taken), lambda number: url_for("plans.reimport_index", slug=plan.slug, page=number))
    waiting = [
        (file, day(at), url_for("plans.reimport_compare", slug=plan.slug, public_id=code))
        for code, file, at in pending_of(session, plan, current_person())
    ]
    rows = [
        (row.file_name, row.taken_on, row.name or "A command", row[4], _shown_at(plan, row.id))
        for row in taken[page.rows]
    ]
    return render_template("plans/reimport_index.html", plan=plan, waiting=waiting, rows=rows, page=page)


@bp.route("/plans/<slug>/later-versions/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
@takes_files(21)
def reimport_new(plan: Plan) -> ResponseReturnValue:
    """Take a later version of a plan in and show in what it differs; the plan stays as it is."""
    form = LaterVersionForm()
    brought = _read(form, plan) if form.validate_on_submit() else None
    if brought is not None:
        with saving(form) as session:
            pending = keep_reimport(session, plan, brought, by=current_person())
            return redirect(url_for("plans.reimport_compare", slug=plan.slug, public_id=pending.public_id), 303)
    return render_template("plans/reimport_new.html", plan=plan, form=form), form.status


def _read(form: LaterVersionForm, plan: Plan) -> LaterVersion | None:
    """Read the document before anything waits for the database; a problem stands beside its field."""
    try:
        return read_later_version(form.document(), plan)
    except Problem as problem:
        form.refuse(problem)
        return None


@bp.get("/plans/<slug>/later-versions/<int(max=2147483647):reimport_id>")
@requires(Permission.PLAN_EDIT, about=reimport_at)
def reimport_show(reimport: Reimport) -> ResponseReturnValue:
    """Show what was taken in of a later version, and whether the rest of it still waits."""
    session = db_session()
    plan = session.get_one(Plan, reimport.plan_id)
    code = pending_rest(session, reimport, current_person())
    page = page_of(
        len(reimport.changes),
        lambda number: url_for("plans.reimport_show", slug=plan.slug, reimport_id=reimport.id, page=number),
    )
    return render_template(
        "plans/reimport_show.html",
        plan=plan,
        reimport=reimport,
        rows=taken_rows(reimport.changes[page.rows], plan),
        page=page,
        rest_url=url_for("plans.reimport_compare", slug=plan.slug, public_id=code) if code else "",
    )


@bp.route("/plans/<slug>/later-versions/waiting/<public_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=pending_at)
def reimport_compare(pending: PendingReimport) -> ResponseReturnValue:
    """Show difference by difference what a later version would change, and take in what is ticked."""
    plan = _own(pending)
    if is_too_old(pending):
        words = f"This version was brought more than {REIMPORTS_KEPT.days} days ago. Bring it again"
        return told(words, kind="problem", to="plans.reimport_new", slug=plan.slug)
    changes = _differences(plan, pending)
    page = _page(plan, pending, len(changes))
    form = _form(changes[page.rows], fingerprint(changes))
    if form.validate_on_submit():
        codes = [one.code for one in changes[page.rows] if not one.cannot and form[tick_name(one)].data]
        with saving(form) as session:
            count = take_in_pending(session, plan, pending, codes=codes, seen=form.seen.data or "", by=current_person())
            words = f"Took in {counted(count, 'difference')} from {pending.file_name}"
            return done(words, to="plans.reimport_show", slug=plan.slug, reimport_id=pending.reimport_id)
        plan, pending, changes = _looked_at_again(plan.slug, pending.public_id, form)
        page = _page(plan, pending, len(changes))
        form = _as_found_now(changes[page.rows], changes, form)
    return render_template(
        "plans/reimport_compare.html",
        plan=plan,
        pending=pending,
        summary=summary_of(changes, pending),
        sections=sections_of(changes[page.rows], plan, form),
        form=form,
        page=page,
        here=url_for("plans.reimport_compare", slug=plan.slug, public_id=pending.public_id, page=page.number),
        until=day(pending.kept_at + REIMPORTS_KEPT),
    ), form.status


@bp.post("/plans/<slug>/later-versions/waiting/<public_id>/discard")
@requires(Permission.PLAN_EDIT, about=pending_at)
def reimport_discard(pending: PendingReimport) -> ResponseReturnValue:
    """Throw a later version away that waits."""
    plan, form = _own(pending), Form()
    if form.validate():
        with saving(form) as session:
            name = pending.file_name
            discard_reimport(session, pending)
            return done(f"Discarded: {name}", to="plans.reimport_index", slug=plan.slug)
    return abort(form.status)


def _own(pending: PendingReimport) -> Plan:
    """Return the plan of a later version that the person brought, or answer that there is none."""
    if pending.person_id != current_person().id:
        abort(404)
    return db_session().get_one(Plan, pending.plan_id)


def _differences(plan: Plan, pending: PendingReimport) -> tuple[PlanChange, ...]:
    return differences(db_session(), plan, content_from(pending.content))


def _page(plan: Plan, pending: PendingReimport, total: int) -> Page:
    address: dict[str, Any] = {"slug": plan.slug, "public_id": pending.public_id}
    return page_of(total, lambda number: url_for("plans.reimport_compare", **address, page=number))


def _shown_at(plan: Plan, reimport_id: int) -> str:
    return url_for("plans.reimport_show", slug=plan.slug, reimport_id=reimport_id)


def _form(changes: tuple[PlanChange, ...], seen: str) -> Any:
    boxes = {tick_name(one): BooleanField("Take it in") for one in changes if not one.cannot}
    ticks = {tick_name(one): one.is_ticked for one in changes if not one.cannot}
    return type("TakeInTickedForm", (TakeInForm,), boxes)(data={"seen": seen, **ticks})


def _looked_at_again(slug: str, public_id: str, refused: Any) -> tuple[Plan, PendingReimport, tuple[PlanChange, ...]]:
    """Return what waits with the differences as they are now, which its reader is shown next."""
    pending, form = pending_at(db_session(), slug, public_id), Form()
    if pending is None:
        abort(404)
    plan = db_session().get_one(Plan, pending.plan_id)
    if refused.is_stale:
        with saving(form) as session:
            look_again(session, plan, pending)
    return plan, pending, _differences(plan, pending)


def _as_found_now(shown: tuple[PlanChange, ...], changes: tuple[PlanChange, ...], refused: Any) -> Any:
    """Return the form upon what was found now, with what is wrong and the ticks of what is still there."""
    form = _form(shown, "")
    form.form_errors, form.is_stale = [words for _, words in refused.problems], refused.is_stale
    form.seen.data = fingerprint(changes)
    for one in shown:
        if not one.cannot:
            form[tick_name(one)].data = tick_name(one) in request.form
    return form
