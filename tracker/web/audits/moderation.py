"""The queue of moderation, taking an audit on, and grading it blind; nothing of the auditor's grades is here."""

from dataclasses import dataclass

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Moderation
from tracker.audits.queries import Waiting
from tracker.audits.rules.moderating import TARGET_DAYS, involved, shared_team
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.text import counted
from tracker.core.working_days import working_days_between
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, note_refusal, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.moderation_forms import TakeForm, blind_form
from tracker.web.audits.moderation_page import file_page, onward_url, tool_of, whole_moderation
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


@dataclass(frozen=True)
class WaitingRow:
    """An audit that waits: no word of it says how it was graded or why it was chosen."""

    code: str
    url: str | None
    file: str
    waited: str
    due: str
    late: str
    who: str


@bp.get("/moderation")
@requires(Permission.MODERATION_READ)
def moderation_index() -> ResponseReturnValue:
    """List what waits for a second look, the first due first."""
    session, reader = db_session(), current_person()
    total = queries.waiting_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.moderation_index", page=number))
    found = queries.waiting_moderations(session, reader=reader, limit=A_PAGE, offset=page.offset)
    g.navigation_counts = {"audits.moderation_index": total}
    return render_template(
        "audits/moderation_index.html",
        heading="Moderation",
        summary=f"{counted(total, 'audit waits', 'audits wait')}. The target is {TARGET_DAYS} working days.",
        rows=[_row(one) for one in found],
        page=page,
        agreement_url=url_for("audits.agreement_show"),
    )


@bp.route("/audits/<public_id>/moderate", methods=["GET", "POST"])
@requires(Permission.MODERATION_WRITE, about=queries.moderation_subject)
def moderation_take(subject: Moderation) -> ResponseReturnValue:
    """Show which file it is, and take it on; whoever has goes on to where they were."""
    if subject.moderator_id is not None or subject.outcome is not None:
        return redirect(onward_url(subject), 303)
    form = TakeForm()
    if form.validate_on_submit():
        with saving(form) as session:
            moderation = whole_moderation()
            reason, version = form.team_reason.data or "", form.version.number
            commands.take_moderation(session, moderation, team_reason=reason, version=version, by=current_person())
            return redirect(url_for("audits.moderation_grade", public_id=moderation.audit.public_id), 303)
    if form.team_reason.errors:
        note_refusal(Permission.MODERATION_WRITE, subject)
    note_opening(subject)
    moderation = whole_moderation()
    audit = moderation.audit
    near = shared_team(current_person().unit_id, moderation.auditor.unit_id, audit.case.unit_id)
    return render_template(
        "audits/moderation_take.html", form=form.hold(moderation), page=file_page(moderation), near=near
    ), form.status


@bp.route("/audits/<public_id>/moderate/grades", methods=["GET", "POST"])
@requires(Permission.MODERATION_WRITE, about=queries.moderation_subject)
def moderation_grade(subject: Moderation) -> ResponseReturnValue:
    """Ask for the moderator's own grade of every section, before they may see the auditor's."""
    if subject.moderator_id is None or subject.compared_at is not None:
        return redirect(onward_url(subject), 303)
    tool = tool_of(subject)
    form = blind_form(tool)
    if form.validate_on_submit():
        with saving(form) as session:
            moderation, by, version = whole_moderation(), current_person(), form.version.number
            if request.form.get("go") == "leave":
                commands.leave_moderation(session, moderation, version=version, by=by)
                return done(f"Given back: {moderation.audit.case.code}", to="audits.moderation_index")
            compare = request.form.get("go") != "keep"
            commands.grade_blind(session, moderation, tool, grades=form.grades, compare=compare, version=version, by=by)
            if not compare:
                return done(f"Your grades are kept: {moderation.audit.case.code}", to="audits.moderation_index")
            return redirect(url_for("audits.moderation_compare", public_id=moderation.audit.public_id), 303)
    note_opening(subject)
    moderation = whole_moderation()
    if not form.is_submitted() and not form.is_held:
        form.show({row.number: row.own for row in moderation.sections})
    return render_template(
        "audits/moderation_grade.html",
        form=form.hold(moderation),
        page=file_page(moderation),
    ), form.status


def _row(one: Waiting) -> WaitingRow:
    is_disputed = one.state is not AuditState.MODERATION
    sent_on = one.sent_at.astimezone(clock.LONDON).date() if one.sent_at else clock.today()
    return WaitingRow(
        code=one.code,
        url=_url(one, is_disputed=is_disputed),
        file=f"{one.category.words} · {one.unit}",
        waited=counted(working_days_between(sent_on, clock.today()), "working day"),
        due=day(one.due_on),
        late="Late" if one.due_on < clock.today() and not is_disputed else "",
        who=one.state.words if is_disputed else one.moderator or "Nobody yet",
    )


def _url(one: Waiting, *, is_disputed: bool) -> str | None:
    """Return where the reader may go on with it, or None where it is not theirs to do."""
    reader = current_person().id
    if is_disputed:
        return url_for("audits.moderation_show", public_id=one.public_id)
    if reader in involved(one.auditor_id, None, one.worker_id) or one.moderator_id not in {None, reader}:
        return None
    return url_for("audits.moderation_take", public_id=one.public_id)
