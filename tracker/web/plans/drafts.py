"""Keeping and discarding drafts of updates; the page of the action fills its form in from them."""

from typing import Any

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.drafts import discard_draft, keep_draft
from tracker.plans.models import Action
from tracker.plans.queries.action import action_at
from tracker.plans.queries.drafts import own_draft_at
from tracker.web.access import current_person, requires, signed_in
from tracker.web.forms import AtMost, Form, VersionField
from tracker.web.held import wants_data
from tracker.web.plans.action import page_context
from tracker.web.plans.action_page import load_page
from tracker.web.plans.blueprint import bp
from tracker.web.plans.update_form import typed_fields, update_form
from tracker.web.saving import done, saving
from tracker.web.security import takes_files
from tracker.web.templating import clock_time


class DraftForm(Form):
    """From which page a draft comes, and on what it builds; what is typed is not checked before it is saved."""

    form_token = HiddenField(validators=[AtMost(64, "The form")])
    after = VersionField()
    draft_version = VersionField()


@bp.post("/plans/<slug>/<action_number:ref>/draft")
@requires(Permission.ACTION_UPDATE, about=action_at)
@takes_files(64)
def draft_keep(action: Action) -> ResponseReturnValue:
    """Keep what is typed so far; a script is told when, and from which version to go on."""
    form, slug, ref = DraftForm(), action.plan.slug, action.ref
    if form.validate():
        with saving(form) as session:
            draft = keep_draft(
                session,
                action,
                typed=typed_fields(request.form),
                after=form.after.number,
                written_from=form.form_token.data or "",
                version=form.draft_version.number,
                by=current_person(),
            )
            kept_at, version = clock_time(draft.saved_at), draft.version
            if wants_data():
                return jsonify(saved_at=kept_at, version=version)
            return done(f"Draft kept at {kept_at}", to="plans.action_show", slug=slug, ref=ref)
    words = form.problems[0][1]
    if wants_data():
        return (jsonify(conflict=words), 409) if form.is_stale else (jsonify(problem=words), form.status)
    return _again(slug, ref, form)


def _again(slug: str, ref: str, refused: Any) -> ResponseReturnValue:
    """Show the page with what was typed, and why it could not be kept."""
    stored = action_at(db_session(), slug, ref)
    if stored is None:
        abort(404)
    page = load_page(db_session(), stored, current_person())
    form = update_form(page.lines, page.last)
    form.form_errors = [words for _, words in refused.problems]
    form.draft_version.data = str(page.draft.version if page.draft is not None else 0)
    return render_template("plans/action_update.html", **page_context(page, form)), refused.status


@bp.post("/drafts/<public_id>/discard")
@signed_in("nobody finds a draft that is not their own")
@takes_files(64)
def draft_discard(public_id: str) -> ResponseReturnValue:
    """Throw one's own draft away."""
    found = own_draft_at(db_session(), public_id, current_person())
    if found is None:
        abort(404)
    draft, slug, ref = found
    form = Form()
    if form.validate():
        with saving(form) as session:
            discard_draft(session, draft)
            return done(f"Draft discarded: {ref}", to="plans.action_show", slug=slug, ref=ref)
    return abort(form.status)
