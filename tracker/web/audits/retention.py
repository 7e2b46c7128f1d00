"""Runs of retention for the moderator who approves them: which audits would go, each with its link, and what went."""

from dataclasses import dataclass

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.retention import AT_A_TIME, carry_out, decide_run
from tracker.audits.models import RetentionRun
from tracker.audits.queries.retention import (
    DueAudit,
    due_audits,
    due_counts,
    open_run,
    retention_run,
    retention_runs,
)
from tracker.config import Settings
from tracker.core import clock
from tracker.core.erasures import Keeping
from tracker.core.text import counted
from tracker.extensions import db_session, file_store
from tracker.people.policy import Permission
from tracker.people.queries import organisation
from tracker.people.rules import AUDIT_YEARS
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.forms import Form, FromList, NotBlank, VersionField, choice
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, Page, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day

_SHOWN = 20


class RunForm(Form):
    """Asks whether the words go."""

    version = VersionField()
    decision = FromList(
        "Your decision",
        choices=[
            choice("", "Choose"),
            choice("approve", "Approve: the words of these audits go for good, now"),
            choice("decline", "Decline: nothing goes"),
        ],
        validators=[NotBlank("Choose whether the words go")],
    )


class GoOnForm(Form):
    """Asks to go on with a run; there is nothing to fill in."""

    version = VersionField()


@dataclass(frozen=True)
class DueLine:
    """An audit whose words would go."""

    code: str
    url: str
    round: str
    since: str


@bp.get("/audits/retention")
@requires(Permission.RETENTION_APPROVE)
def retention_index() -> ResponseReturnValue:
    """Show what is old enough today, the run that waits, and the runs before."""
    note_opening(what="retention")
    session = db_session()
    ours, waiting = organisation(session), open_run(session)
    years = ours.audit_years if ours else AUDIT_YEARS
    counts = due_counts(session, as_at=clock.today(), years=years)
    page = page_of(counts.due, lambda number: url_for("audits.retention_index", page=number))
    return render_template(
        "audits/retention_index.html",
        years=counted(years, "year"),
        counts=counts,
        rows=_lines(due_audits(session, as_at=clock.today(), years=years, limit=A_PAGE, offset=page.offset)),
        page=page,
        waiting=f"Run {waiting.number}: {waiting.words}" if waiting else "",
        waiting_url=url_for("audits.retention_decide", number=waiting.number) if waiting else "",
        runs=[
            (f"Run {run.number}", url_for("audits.retention_decide", number=run.number), run.words)
            for run in retention_runs(session, limit=_SHOWN)
        ],
    )


@bp.route("/audits/retention/<int:number>", methods=["GET", "POST"])
@requires(Permission.RETENTION_APPROVE, about=retention_run)
def retention_decide(subject: RetentionRun) -> ResponseReturnValue:
    """Approve a run, which takes the words of the first audits at once, decline it, or go on with it."""
    number, is_asked = subject.number, subject.decided_at is None
    form = RunForm() if is_asked else GoOnForm()
    if form.validate_on_submit():
        with saving(form) as session:
            run = _run(number)
            if isinstance(form, RunForm):
                is_approved = form.decision.data == "approve"
                decide_run(session, run, is_approved=is_approved, version=form.version.number, by=current_person())
            if run.ended_at is None:
                carry_out(session, _keeping(), run, by=current_person().id)
            return done(f"Run {number}: {run.words}", to="audits.retention_decide", number=number)
    note_opening(subject)
    run = _run(number)
    if not form.problems or form.is_stale:
        form.version.data = str(run.version)
    page, rows = _what_goes(run)
    return render_template(
        "audits/retention_decide.html",
        form=form,
        heading=f"Retention, run {number}",
        facts=[
            ("Asked for by", f"{run.asked_by.name}, {day(run.created_at)}"),
            ("As at", f"{day(run.as_at)}, {counted(run.years, 'year')} after audits were final"),
            ("Decided by", f"{run.decided_by.name}, {day(run.decided_at)}" if run.decided_by else "Nobody yet"),
            ("State", run.words),
        ],
        asks=is_asked,
        may_decide=allowed(Permission.RETENTION_APPROVE, run),
        goes_on=run.is_approved and run.ended_at is None,
        at_a_time=AT_A_TIME,
        rows=rows,
        page=page,
    ), form.status


def _what_goes(run: RetentionRun) -> tuple[Page, list[DueLine]]:
    """Return what a run that has not ended would take yet."""
    session, number = db_session(), run.number
    due = due_counts(session, as_at=run.as_at, years=run.years).due if run.ended_at is None else 0
    page = page_of(due, lambda wanted: url_for("audits.retention_decide", number=number, page=wanted))
    if not due:
        return page, []
    return page, _lines(due_audits(session, as_at=run.as_at, years=run.years, limit=A_PAGE, offset=page.offset))


def _lines(found: list[DueAudit]) -> list[DueLine]:
    return [
        DueLine(
            code=one.code,
            url=url_for("audits.audit_show", public_id=one.public_id),
            round=one.round,
            since=f"{one.state.words}, {day(one.ended)}",
        )
        for one in found
    ]


def _run(number: int) -> RetentionRun:
    return retention_run(db_session(), number) or abort(404)


def _keeping() -> Keeping:
    settings: Settings = current_app.config["SETTINGS"]
    return Keeping(settings.erasures, settings.log_key, file_store())
