"""The page on which the worker of a file reads and answers its audit, and the list of audits of one's own work."""

from dataclasses import dataclass
from datetime import date

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.queries import AnsweredAudit
from tracker.audits.rules.responding import answer_fault
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.keeping import fall_back
from tracker.web.audits.opening import opened_unread, whole
from tracker.web.audits.response_form import ResponseForm, response_form
from tracker.web.audits.response_page import first_views, response_page
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class AnswerRow:
    """An audit of one's own work in the list."""

    code: str
    url: str
    file: str
    due: str
    state: str


@bp.get("/my/responses")
@requires(Permission.AUDIT_RESPOND)
def my_responses() -> ResponseReturnValue:
    """List the audits of one's own work that were sent, those to answer first."""
    session, person = db_session(), current_person()
    total = queries.own_audited_count(session, person)
    page = page_of(total, lambda number: url_for("audits.my_responses", page=number))
    found = queries.own_audited_work(session, person, limit=A_PAGE, offset=page.offset)
    return render_template("audits/my_responses.html", rows=[_row(one) for one in found], page=page)


@bp.route("/audits/<public_id>/response", methods=["GET", "POST"])
@requires(Permission.AUDIT_RESPOND, about=queries.audit_subject)
def audit_respond(subject: Audit) -> ResponseReturnValue:
    """Show an audit to its worker, having written down that they opened it, and take their answer."""
    tool = queries.asked_of(db_session(), subject)
    form = response_form(tool)
    if form.validate_on_submit():
        with saving(form) as session:
            return _kept(session, whole(subject), form)
    # Whoever worked with the child never grades it; what the page shows goes by whether it was sent.
    audit = opened_unread(subject)
    session = db_session()
    due_on = queries.answer_due(session, audit)
    closed = answer_fault(audit.state, due_on, clock.today()) or ""
    _refresh(form, audit)
    suspicions = _suspicions(session, form) if form.is_submitted() else ()
    page = response_page(audit, tool, form, due=_due(due_on), closed=closed, suspicions=suspicions)
    return render_template("audits/audit_respond.html", page=page, form=form), form.status


@bp.post("/audits/<public_id>/response/draft")
@requires(Permission.AUDIT_RESPOND, about=queries.audit_subject)
def response_draft(subject: Audit) -> ResponseReturnValue:
    """Keep what the worker types, and answer when it was kept and from which version to go on.

    Of words that are too long the beginning is kept, and all the rest; the answer then says what is not.
    """
    form = response_form(queries.asked_of(db_session(), subject))
    if form.validate_on_submit() and (version := _typed(subject, form)):
        return jsonify(saved_at=clock_time(clock.now()), version=version)
    words, status = form.problems[0][1], form.status
    if fall_back(form, form) and (version := _typed(subject, form)):
        return jsonify(problem=words, saved_at=clock_time(clock.now()), version=version)
    return (jsonify(conflict=words), 409) if form.is_stale else (jsonify(problem=words), status)


def _typed(subject: Audit, form: ResponseForm) -> int | None:
    """Return the version under which what is typed was kept, or None when it was refused."""
    with saving(form) as session:
        audit, version = whole(subject), form.version.number
        return commands.save_answer(session, audit, form.views, version=version, by=current_person()).version
    return None


def _kept(session: Session, audit: Audit, form: ResponseForm) -> ResponseReturnValue:
    """Send the answer, or keep it for later, as the pressed button says."""
    person, version = current_person(), form.version.number
    if request.form.get("go") != "send":
        commands.save_answer(session, audit, form.views, version=version, by=person)
        return done(f"Draft kept at {clock_time(clock.now())}", to="audits.my_responses")
    commands.send_answer(
        session,
        audit,
        form.views,
        has_read=bool(form.has_read.data),
        names_confirmed=bool(form.names_confirmed.data),
        version=version,
        by=person,
    )
    text = "The auditor reads it now. The grades can still change when somebody else looks at the file."
    return done(f"Answer sent: {audit.case.code}", text=text, to="audits.audit_respond", public_id=audit.public_id)


def _refresh(form: ResponseForm, audit: Audit) -> None:
    """Put in what is kept when a page is only read; after a conflict keep the person's words and go on from now."""
    version = audit.response.version if audit.response else 0
    if not form.is_submitted() and not form.is_held:
        form.show(first_views(audit), version)
    elif form.is_stale:
        form.version.data = str(version)


def _suspicions(session: Session, form: ResponseForm) -> tuple[str, ...]:
    return queries.naming_in(session, "\n".join(view.words for view in form.views.values()))


def _due(due_on: date | None) -> str:
    return f"Answer by {day(due_on)}" if due_on else ""


def _row(one: AnsweredAudit) -> AnswerRow:
    return AnswerRow(
        code=one.code,
        url=url_for("audits.audit_respond", public_id=one.public_id),
        file=f"{one.category.words} · {one.team}",
        due=day(one.due_on) if one.is_awaited else "",
        state=_state(one),
    )


def _state(one: AnsweredAudit) -> str:
    if one.is_awaited:
        return "To answer"
    return "Answered" if one.is_answered else "The last day for an answer has passed"
