"""Verifying evidence that another person added, and taking evidence from view; adding it stands beside."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField, TextAreaField

from tracker.people.policy import Permission
from tracker.plans.commands.evidence import may_remove, remove_evidence, verify_evidence
from tracker.plans.models import Evidence
from tracker.plans.queries.evidence import evidence_at
from tracker.plans.rules.states import EvidenceResult
from tracker.web.access import current_person, refuse_unless, requires
from tracker.web.forms import AtMost, Form, NotBlank, VersionField, choices_of, one_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.evidence_rows import title_of
from tracker.web.saving import done, saving


class VerifyForm(Form):
    """Asks what somebody found who looked at the evidence."""

    result = RadioField(
        "What did you find?",
        [one_of(*EvidenceResult, message="Select what you found")],
        choices=choices_of(EvidenceResult),
        validate_choice=False,
    )
    note = TextAreaField("What did you look at, or what is missing?", [AtMost(400, "Your note")])
    version = VersionField()


class RemoveForm(Form):
    """Asks why evidence is taken from view."""

    why = TextAreaField("Why is it removed?", [NotBlank("Say why it is removed"), AtMost(400, "The reason")])
    version = VersionField()


@bp.route("/plans/<slug>/<action_number:ref>/evidence/<code>/verify", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_VERIFY, about=evidence_at)
def evidence_verify(evidence: Evidence) -> ResponseReturnValue:
    """Record what was found; who added the evidence may not verify it."""
    action = evidence.action
    form = VerifyForm(data={"version": evidence.version, "result": evidence.result, "note": evidence.verified_note})
    title, slug, ref = title_of(evidence), action.plan.slug, action.ref
    if form.validate_on_submit():
        with saving(form) as session:
            verify_evidence(
                session,
                action,
                evidence,
                result=EvidenceResult(form.result.data),
                note=form.note.data or "",
                by=current_person(),
                version=form.version.number,
            )
            return done(f"Verified: {title}", to="plans.evidence_index", slug=slug, ref=ref)
    return render_template("plans/evidence_verify.html", form=form, title=title, slug=slug, ref=ref), form.status


@bp.route("/plans/<slug>/<action_number:ref>/evidence/<code>/remove", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE, about=evidence_at)
def evidence_remove(evidence: Evidence) -> ResponseReturnValue:
    """Ask why, then take evidence from view."""
    action = evidence.action
    refuse_unless(may_remove(evidence, action, current_person()), Permission.ACTION_UPDATE, evidence)
    form = RemoveForm(data={"version": evidence.version})
    title, slug, ref = title_of(evidence), action.plan.slug, action.ref
    if form.validate_on_submit():
        with saving(form) as session:
            remove_evidence(
                session, action, evidence, why=form.why.data or "", by=current_person(), version=form.version.number
            )
            return done(f"Removed: {title}", to="plans.evidence_index", slug=slug, ref=ref)
    return render_template("plans/evidence_remove.html", form=form, title=title, slug=slug, ref=ref), form.status
