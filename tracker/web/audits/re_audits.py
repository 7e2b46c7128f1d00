"""Auditing a case again: planning it, giving it out, the list by day, and both audits side by side."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.queries import ReAuditRow
from tracker.audits.rules import limits
from tracker.audits.rules.remedials import RE_AUDIT_WITHIN
from tracker.audits.rules.vocabulary import FindingKind
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, refuse_unless, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of
from tracker.web.audits.naming_form import NamingForm
from tracker.web.audits.opening import opened, whole
from tracker.web.audits.theme_re_audits import theme_re_audit_lines
from tracker.web.forms import AtMost, DayField, Form, NotBlank, RecordField, TextAreaField, answered
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class PlanForm(NamingForm):
    """Asks by when a case is audited again, and why."""

    due_on = DayField("Due by", needs_year=True, validators=[NotBlank("Enter the day it is due by")])
    why = TextAreaField(
        "Why is it audited again?",
        validators=[NotBlank("Say why it is audited again"), AtMost(limits.REASON_LENGTH, "Why")],
    )


class GiveForm(Form):
    """Asks who audits a case again."""

    auditor = RecordField("Auditor", [NotBlank("Choose an auditor")])
    due_on = DayField("Due by", needs_year=True, validators=[NotBlank("Enter the day it is due by")])


@dataclass(frozen=True)
class ReAuditLine:
    """A case to be audited again, in words: what was found, by when, and how far that is."""

    code: str
    file: str
    before: str
    before_url: str
    due: str
    late: str
    after: str
    next_label: str
    next_url: str


@bp.get("/re-audits")
@requires(Permission.ROUND_MANAGE)
def re_audit_index() -> ResponseReturnValue:
    """List the cases to be audited again, those not done first, without a word of what audits say."""
    session, reader = db_session(), current_person()
    total = queries.re_audit_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.re_audit_index", page=number))
    late = queries.late_re_audit_count(session, reader=reader)
    found = queries.re_audits(session, reader=reader, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/re_audit_index.html",
        heading="Re-audits",
        late=f"{late} late" if late else "",
        rows=[_line(row) for row in found],
        themes=theme_re_audit_lines(),
        page=page,
    )


@bp.route("/audits/<public_id>/re-audit", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.audit_subject)
def re_audit_plan(subject: Audit) -> ResponseReturnValue:
    """Plan that the case of a final audit is audited again, or go on to who does it where that is planned."""
    form = PlanForm(data={"due_on": clock.today() + RE_AUDIT_WITHIN})
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            commands.plan_re_audit(
                session, audit, due_on=answered(form.due_on.day), why=answered(form.why.data), by=current_person()
            )
            return done(f"Planned: {audit.case.code}", to="audits.re_audit_give", public_id=audit.public_id)
    elif not form.is_submitted() and queries.re_audit_of(db_session(), subject) is not None:
        return redirect(url_for("audits.re_audit_give", public_id=subject.public_id))
    # The themes it found wanting are words of the audit: shown once it counts, and their opening is written down.
    refuse_unless(subject.state.is_final, Permission.ROUND_MANAGE, subject)
    audit = opened(subject)
    return render_template(
        "audits/re_audit_plan.html",
        form=form,
        heading="Audit this case again",
        themes=_themes_to_audit(audit),
        **_about(audit),
    ), form.status


@bp.route("/audits/<public_id>/re-audit/give", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.audit_subject)
def re_audit_give(subject: Audit) -> ResponseReturnValue:
    """Say why a re-audit is planned, having written down who reads it, and give it to an auditor.

    Where it was given, go on to both audits.
    """
    planned = queries.planned_re_audit(db_session(), subject)
    if planned is None:
        abort(404)
    people = queries.auditors(db_session())
    form = GiveForm(data={"due_on": max(planned.due_on, clock.today())})
    form.auditor.offer(people, none="Choose an auditor")
    if form.validate_on_submit():
        with saving(form) as session:
            fresh = queries.planned_re_audit(session, subject)
            if fresh is None:
                raise Conflict(None, "This re-audit is planned no longer")
            auditor = form.auditor.chosen(queries.auditors(session))
            due_on = answered(form.due_on.day)
            audit = commands.allocate_re_audit(session, fresh, auditor=auditor, due_on=due_on, by=current_person())
            title = f"Allocated: {audit.case.code} to {audit.auditor.name}"
            return done(title, to="audits.re_audit_index")
    elif not form.is_submitted() and (given := queries.repeated_by(db_session(), subject)):
        return redirect(_given_url(given.public_id, is_done=given.state.is_final))
    note_opening(subject)
    audit, planned = whole(subject), queries.planned_re_audit(db_session(), subject) or planned
    about = {"why": planned.why, "due": day(planned.due_on), **_about(audit)}
    return render_template(
        "audits/re_audit_give.html", form=form, heading="Give the re-audit to an auditor", **about
    ), form.status


def _themes_to_audit(audit: Audit) -> list[tuple[str, str]]:
    """Return the themes that an audit found wanting, each with the way to having it audited again."""
    found = {
        one.theme.code: one.theme.name for one in audit.findings if one.kind is FindingKind.DEVELOPMENT and one.theme
    }
    return [(name, url_for("audits.theme_re_audit_plan", code=code)) for code, name in sorted(found.items())]


def _about(audit: Audit) -> dict[str, str]:
    """Return which audit it is, without what it says."""
    return {
        "file": heading_of(audit),
        "file_line": f"{audit.case.category.words} · {audit.case.unit.name}",
        "back_url": url_for("audits.audit_show", public_id=audit.public_id),
    }


def _line(row: ReAuditRow) -> ReAuditLine:
    is_done = row.after_state is not None and row.after_state.is_final
    label, url = "Give it to an auditor", url_for("audits.re_audit_give", public_id=row.before)
    if row.after is not None:
        label, url = "Before and after" if is_done else "Open the re-audit", _given_url(row.after, is_done=is_done)
    return ReAuditLine(
        code=row.code,
        file=f"{row.category.words} · {row.team}",
        before=row.before_grade.words if row.before_grade else "",
        before_url=url_for("audits.audit_show", public_id=row.before),
        due=day(row.due_on),
        late="Late" if not is_done and row.due_on < clock.today() else "",
        after=_after(row, is_done=is_done),
        next_label=label,
        next_url=url,
    )


def _given_url(public_id: str, *, is_done: bool) -> str:
    """Return both audits side by side, or how far the one after is while what it says is not to be read."""
    return url_for("audits.audit_compare" if is_done else "audits.audit_show", public_id=public_id)


def _after(row: ReAuditRow, *, is_done: bool) -> str:
    if row.after_state is None:
        return "Not given to anybody yet"
    return row.after_grade.words if is_done and row.after_grade else row.after_state.words
