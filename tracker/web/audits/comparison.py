"""Grades side by side after the blind look: agreeing on them, or giving the audit back to its auditor."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit, Moderation
from tracker.audits.rules.tool import Tool
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.follow_up import lacking_in_moderation
from tracker.web.audits.moderation_forms import AgreeForm, ReturnForm, agree_form
from tracker.web.audits.moderation_page import compared_rows, file_page, onward_url, tool_of, whole_moderation
from tracker.web.audits.opening import whole
from tracker.web.audits.reading import section_cards
from tracker.web.forms import answered
from tracker.web.opening import note_opening
from tracker.web.saving import done, saving


@bp.route("/audits/<public_id>/moderate/comparison", methods=["GET", "POST"])
@requires(Permission.MODERATION_WRITE, about=queries.moderation_subject)
def moderation_compare(subject: Moderation) -> ResponseReturnValue:
    """Show both grades of each section with what the auditor wrote, and keep what the two agree on."""
    if subject.compared_at is None or subject.outcome is not None:
        return redirect(onward_url(subject), 303)
    tool = tool_of(subject)
    form = agree_form(tool)
    if form.validate_on_submit():
        with saving(form) as session:
            moderation = commands.agree_moderation(
                session,
                whole_moderation(),
                tool,
                agreed=form.grades,
                reason=form.reason.data or "",
                about=form.chosen_about,
                notes=form.notes.data or "",
                version=form.version.number,
                by=current_person(),
            )
            words = moderation.outcome.words if moderation.outcome else ""
            return done(f"{words}: {moderation.audit.case.code}", to="audits.moderation_index")
    note_opening(subject)
    moderation = whole_moderation()
    if not form.is_submitted() and not form.is_held:
        form.show({one.number: None if one.differs else one.before for one in moderation.graded})
    return _page(moderation, tool, form)


def _page(moderation: Moderation, tool: Tool, form: AgreeForm) -> ResponseReturnValue:
    return render_template(
        "audits/moderation_compare.html",
        form=form.hold(moderation),
        page=file_page(moderation),
        rows=compared_rows(moderation, tool, [(section.number, field) for section, field in form.fields]),
        missing=lacking_in_moderation(moderation, tool, is_chosen=form.is_inadequate),
        cards=section_cards(_written(moderation), tool, may_change=False),
    ), form.status


def _written(moderation: Moderation) -> Audit:
    return whole(moderation.audit)


@bp.route("/audits/<public_id>/moderate/return", methods=["GET", "POST"])
@requires(Permission.MODERATION_WRITE, about=queries.moderation_subject)
def moderation_return(subject: Moderation) -> ResponseReturnValue:
    """Ask what the auditor should look at again, and give the audit back."""
    if subject.compared_at is None or subject.outcome is not None:
        return redirect(onward_url(subject), 303)
    form = ReturnForm()
    if form.validate_on_submit():
        with saving(form) as session:
            words, version = answered(form.words.data), form.version.number
            moderation = commands.return_audit(
                session, whole_moderation(), words=words, version=version, by=current_person()
            )
            return done(f"Returned to the auditor: {moderation.audit.case.code}", to="audits.moderation_index")
    moderation = whole_moderation()
    return render_template(
        "audits/moderation_return.html", form=form.hold(moderation), page=file_page(moderation)
    ), form.status
