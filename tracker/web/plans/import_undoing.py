"""All plans that came in, and taking one back while nobody has worked on it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.undoing import undo_import, why_not_undone
from tracker.plans.models import PlanImport
from tracker.plans.queries.imports import import_at, imports_made, number_of_imports, unfinished_imports
from tracker.plans.rules.keeping import IMPORTS_UNDONE
from tracker.web.access import current_person, requires
from tracker.web.forms import Form
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_rows import made_rows, unfinished_rows
from tracker.web.saving import done, saving


@bp.get("/plans/imports")
@requires(Permission.PLAN_IMPORT)
def import_index() -> ResponseReturnValue:
    """List the plans that came in, those taken back included, after what one has begun oneself."""
    session = db_session()
    page = page_of(number_of_imports(session), lambda number: url_for("plans.import_index", page=number))
    found = imports_made(session, page.rows)
    since = clock.now() - IMPORTS_UNDONE
    young = {one.record.id for one in found if one.record.undone_at is None and one.record.imported_at >= since}
    return render_template(
        "plans/import_index.html",
        rows=made_rows(found, frozenset(young)),
        page=page,
        unfinished=unfinished_rows(unfinished_imports(session, current_person())),
    )


@bp.route("/plans/imports/<int:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT, about=import_at)
def import_undo(made: PlanImport) -> ResponseReturnValue:
    """Say what taking a plan back would do, or why it cannot be, and take it back."""
    form, title = Form(), made.title
    if made.undone_at is not None:
        return redirect(url_for("plans.import_index"), 303)
    if form.validate_on_submit():
        with saving(form) as session:
            undo_import(session, made, by=current_person())
            return done(f"Taken back: {title}", to="plans.import_index")
    reason = why_not_undone(db_session(), made)
    return render_template("plans/import_undo.html", form=form, made=made, reason=reason), form.status
