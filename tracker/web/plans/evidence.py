"""The evidence of an action: its list, adding to it, and getting a file; judging it stands beside."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, MultipleFileField, RadioField, StringField, TextAreaField

from tracker.core.erasures import is_erased
from tracker.core.text import counted
from tracker.core.uploads import Upload
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.evidence import About, add_evidence, added_before
from tracker.plans.models import Action, Evidence
from tracker.plans.queries.action import action_at
from tracker.plans.queries.evidence import evidence_at, evidence_rows
from tracker.plans.rules.states import EvidenceKind, EvidenceSensitivity
from tracker.web.access import allowed, current_person, refuse_unless, requires
from tracker.web.forms import AtMost, DayField, Form, choices_of, one_of
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.evidence_files import checked_files, keep_file, send_evidence
from tracker.web.plans.evidence_rows import may_open, pieces_of, removed_of
from tracker.web.saving import done, saving
from tracker.web.security import takes_files


class EvidenceForm(Form):
    """Asks for files, a link or a sentence, and what they show."""

    files = MultipleFileField("Files")
    evidence_url = StringField("Link", [AtMost(500, "The link")])
    evidence = TextAreaField("What does it show?", [AtMost(400, "What it shows")])
    title = StringField("Title", [AtMost(160, "The title")])
    evidence_on = DayField("What day is it from?", [AtMost(60, "The day")], needs_year=True)
    sensitivity = RadioField(
        "Who may open it?",
        [one_of(*EvidenceSensitivity, message="Choose who may open it")],
        choices=choices_of(EvidenceSensitivity),
        default=EvidenceSensitivity.ORDINARY.value,
        validate_choice=False,
    )
    form_token = HiddenField(validators=[AtMost(64, "The form")])


@bp.get("/plans/<slug>/<action_number:ref>/evidence")
@requires(Permission.EVIDENCE_READ, about=action_at)
def evidence_index(action: Action) -> ResponseReturnValue:
    """List the evidence of an action, and what was removed from it."""
    rows, slug, ref = evidence_rows(db_session(), action), action.plan.slug, action.ref
    pieces = pieces_of(rows, action, current_person())
    page = page_of(len(pieces), lambda number: url_for("plans.evidence_index", slug=slug, ref=ref, page=number))
    return render_template(
        "plans/evidence_index.html",
        action=action,
        pieces=pieces[page.rows],
        removed=removed_of(rows),
        page=page,
        may_add=allowed(Permission.ACTION_UPDATE, action),
    )


@bp.route("/plans/<slug>/<action_number:ref>/evidence/add", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE, about=action_at)
@takes_files(64)
def evidence_add(action: Action) -> ResponseReturnValue:
    """Add files, a link or a sentence; the same form sent twice adds them once."""
    form = EvidenceForm(data={"form_token": secrets.token_urlsafe(24), "sensitivity": EvidenceSensitivity.ORDINARY})
    slug, ref = action.plan.slug, action.ref
    if form.validate_on_submit():
        uploads = checked_files(form, form.files)
        with saving(form) as session:
            number = _add(session, action, form, uploads)
            told = f"Evidence added to {ref}: {counted(number, 'piece')}" if number else f"Evidence added to {ref}"
            if not form.problems:
                return done(told, to="plans.evidence_index", slug=slug, ref=ref)
    return render_template("plans/evidence_add.html", action=action, form=form, slug=slug, ref=ref), form.status


@bp.get("/plans/<slug>/<action_number:ref>/evidence/<code>/file")
@requires(Permission.EVIDENCE_READ, about=evidence_at)
def evidence_file(evidence: Evidence) -> ResponseReturnValue:
    """Send a file of evidence; the permission is asked for at each access."""
    if evidence.kind is not EvidenceKind.FILE or is_erased(evidence.file_name):
        abort(404)
    refuse_unless(may_open(evidence, evidence.action, current_person()), Permission.EVIDENCE_READ, evidence)
    return send_evidence(evidence)


def _add(session: Any, action: Action, form: Any, uploads: Sequence[Upload]) -> int:
    """Add a piece for each file, one for a link, or one for a sentence alone; none when the form came before."""
    by, token = current_person(), form.form_token.data or secrets.token_urlsafe(24)
    if added_before(session, action, f"{token}:0", by=by):
        return 0
    contents: list[dict[str, Any]] = [{"stored": keep_file(session, one)} for one in uploads]
    if form.evidence_url.data or not (uploads or form.files.errors):
        contents.append({"url": form.evidence_url.data})
    for place, content in enumerate(contents):
        about = About(
            title=form.title.data,
            on=form.evidence_on.day,
            sensitivity=EvidenceSensitivity(form.sensitivity.data),
            form_token=f"{token}:{place}",
        )
        add_evidence(session, action, text=form.evidence.data, by=by, about=about, **content)
    return len(contents)
