"""Drawing a round's sample through pages: bring the list, look at the draw, keep it, share it out, take a file out."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import AuditRound, SampleFile, WaitingCaseList
from tracker.audits.queries import ProposedFile
from tracker.audits.rules.sampling import is_drawn
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import units
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.sample_forms import CaseListForm, LeaveOutForm, ShareForm
from tracker.web.audits.sample_rows import (
    DrawnFile,
    found_facts,
    groups_of,
    kept_file,
    listed_file,
    sample_facts,
    stored_groups,
)
from tracker.web.forms import Form, answered
from tracker.web.opening import note_opening
from tracker.web.saving import done, saving, told
from tracker.web.security import takes_files

_MOST_ROWS_NAMED = 100


@bp.route("/audits/rounds/<slug>/sample", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.round_by_slug)
@takes_files(21)
def sample_show(subject: AuditRound) -> ResponseReturnValue:
    """Take a case list in while a round has no sample; afterwards show the sample and how it was drawn."""
    slug, form = subject.slug, CaseListForm()
    form.suit(subject)
    listed = form.read() if form.validate_on_submit() else None
    if listed is not None:
        with saving(form) as session:
            waiting = commands.keep_case_list(
                session, _round(slug), listed, strata=form.division(), by=current_person()
            )
            return redirect(url_for("audits.sample_draw", slug=slug, list_id=waiting.public_id), 303)
    note_opening(subject)
    audit_round = _round(slug)
    sample = queries.sample_of(db_session(), audit_round)
    if sample is None:
        return render_template(
            "audits/sample_new.html", form=form, slug=slug, round=audit_round.name, planned=_planned(audit_round)
        ), form.status
    names = _unit_names()
    files = queries.sample_files(db_session(), audit_round)
    return render_template(
        "audits/sample_show.html",
        slug=slug,
        round=audit_round.name,
        facts=sample_facts(sample, audit_round),
        groups=stored_groups(sample, names),
        files=[kept_file(one, slug, is_closed=audit_round.closed_on is not None) for one in files],
    ), form.status


@bp.route("/audits/rounds/<slug>/sample/<list_id>", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.waiting_list)
def sample_draw(subject: WaitingCaseList) -> ResponseReturnValue:
    """Show the sample that a list gives before it is kept, and keep it."""
    form, slug, list_id = Form(), subject.round.slug, subject.public_id
    if form.validate_on_submit():
        with saving(form) as session:
            sample = commands.keep_sample(session, _waiting(slug, list_id), by=current_person())
            words = f"Sample kept: {counted(sample.size, 'file')}"
            text = "All other rows of the list were thrown away."
            return done(words, text=text, to="audits.sample_share", slug=slug)
    waiting = queries.waiting_list(db_session(), slug, list_id)
    if waiting is None:
        return told("This list is no longer kept here", kind="info", to="audits.sample_show", slug=slug)
    listed, draw, names = queries.listed(waiting), queries.draw_of(waiting), _unit_names()
    return render_template(
        "audits/sample_draw.html",
        form=form,
        slug=slug,
        list_id=list_id,
        round=waiting.round.name,
        facts=found_facts(listed, draw, waiting.round),
        groups=groups_of(draw, names),
        files=[listed_file(one, names) for one in draw.files],
        refused=listed.refused[:_MOST_ROWS_NAMED],
        more=max(len(listed.refused) - _MOST_ROWS_NAMED, 0),
    ), form.status


@bp.post("/audits/rounds/<slug>/sample/<list_id>/discard")
@requires(Permission.ROUND_MANAGE, about=queries.waiting_list)
def sample_discard(subject: WaitingCaseList) -> ResponseReturnValue:
    """Throw a list away."""
    form, slug, list_id = Form(), subject.round.slug, subject.public_id
    if form.validate_on_submit():
        with saving(form) as session:
            commands.discard_case_list(session, _waiting(slug, list_id))
            return done("List thrown away", to="audits.sample_show", slug=slug)
    return redirect(url_for("audits.sample_show", slug=slug), 303)


@bp.route("/audits/rounds/<slug>/share", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.round_by_slug)
def sample_share(subject: AuditRound) -> ResponseReturnValue:
    """Propose to whom each file of a sample goes, among the auditors chosen, and give the files out."""
    form, slug = ShareForm(), subject.slug
    people = queries.auditors(db_session())
    wanted = {int(one) for one in request.args.getlist("who") if one.isascii() and one.isdecimal() and len(one) < 10}
    who = {one.id for one in people if not wanted or one.id in wanted}
    if form.validate_on_submit():
        with saving(form) as session:
            count = commands.share_out_sample(
                session, _round(slug), auditor_ids=who, seen=form.seen.data or "", by=current_person()
            )
            return done(f"Given out: {counted(count, 'file')}", to="audits.round_show", slug=slug)
    note_opening(subject)
    audit_round = _round(slug)
    proposed = queries.proposal(db_session(), audit_round, who)
    form.seen.data = commands.proposal_print(proposed)
    return render_template(
        "audits/sample_share.html",
        form=form,
        slug=slug,
        round=audit_round.name,
        people=[(str(one.id), one.name, one.id in who) for one in people],
        files=[_proposed(one) for one in proposed],
        given=sum(1 for one in proposed if one.auditor is not None),
    ), form.status


@bp.route("/audits/rounds/<slug>/sample/files/<int:position>/leave-out", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.sample_file)
def file_leave_out(subject: SampleFile) -> ResponseReturnValue:
    """Ask why a file of a sample cannot be audited, and let the next in reserve take its place."""
    form, slug, position = LeaveOutForm(), subject.round.slug, subject.position
    if form.validate_on_submit():
        with saving(form) as session:
            file = _file(slug, position)
            reserve = commands.leave_out_file(
                session, file, reason=answered(form.reason.data), version=form.version.number, by=current_person()
            )
            text = "A file in reserve took its place." if reserve else "No file of its group was in reserve."
            return done(f"Left out: {file.case.code}", text=text, to="audits.sample_show", slug=slug)
    note_opening(subject)
    file = _file(slug, position)
    form.version.data = str(file.version)
    return render_template(
        "audits/file_leave_out.html", form=form, slug=slug, round=file.round.name, code=file.case.code
    ), form.status


def _round(slug: str) -> AuditRound:
    return queries.round_by_slug(db_session(), slug) or abort(404)


def _waiting(slug: str, list_id: str) -> WaitingCaseList:
    return queries.waiting_list(db_session(), slug, list_id) or abort(404)


def _file(slug: str, position: int) -> SampleFile:
    return queries.sample_file(db_session(), slug, position) or abort(404)


def _planned(audit_round: AuditRound) -> str:
    chosen = audit_round.selection.words
    if is_drawn(audit_round.selection):
        return f"{chosen}: {counted(audit_round.sample_target, 'file is', 'files are')} drawn from the list."
    return f"{chosen}: every file on the list is taken."


def _unit_names() -> dict[int, str]:
    return {one.id: one.name for one in units(db_session())}


def _proposed(one: ProposedFile) -> DrawnFile:
    case = one.file.case
    who = one.auditor.name if one.auditor else "Nobody is independent of this file"
    return DrawnFile(case.code, f"{case.category.words} · {case.unit.name}", who)
