"""Reading one audit, and setting it aside when it looked at the wrong file."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.queries.agencies import agencies_of
from tracker.audits.queries.imports import said_in_past
from tracker.audits.rules import limits
from tracker.audits.rules.answers import Reply
from tracker.audits.rules.blindness import hidden_words
from tracker.audits.rules.tool import ABOUT_NUMBER, Section, Tool
from tracker.audits.rules.vocabulary import AuditState, FindingKind
from tracker.audits.rules.voiding import void_fault
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.agency_rows import AgencyCard, agency_cards
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import (
    Counted,
    answer_words,
    counted_grades,
    first_unfinished,
    heading_of,
    late_words,
    list_of,
    summary_of,
)
from tracker.web.audits.follow_up import RemedialLine, remedial_lines, remedial_url
from tracker.web.audits.naming_form import NamingForm
from tracker.web.audits.onward_links import OnwardLink, links_of
from tracker.web.audits.opening import opened_unread, whole
from tracker.web.audits.past_rows import past_facts
from tracker.web.audits.question_fields import reply_words
from tracker.web.audits.said_words import (
    about_lines,
    answer_lines,
    development_line,
    overall_lines,
    worker_facts,
    worker_lines,
)
from tracker.web.forms import AtMost, NotBlank, TextAreaField, VersionField, answered
from tracker.web.saving import done, saving
from tracker.web.templating import day


class VoidForm(NamingForm):
    """Asks why an audit is set aside."""

    version = VersionField()
    reason = TextAreaField(
        "Why is this audit void?",
        validators=[NotBlank("Say why this audit is void"), AtMost(limits.REASON_LENGTH, "Why")],
    )


@dataclass(frozen=True)
class SectionCard:
    """A section as it is read: its answer and its words, each under its name."""

    heading: str
    answer: str | None
    lines: list[tuple[str, str]]
    change_url: str | None


@dataclass(frozen=True)
class AuditPage:
    """A whole audit as it is read."""

    heading: str
    list_label: str
    list_url: str
    summary: str
    late: str | None
    facts: list[tuple[str, str]]
    cards: list[SectionCard]
    agencies: list[AgencyCard]
    hidden: str
    moderation_url: str | None
    concerns: list[tuple[str, str]]
    remedials: list[RemedialLine]
    remedial_url: str | None
    re_audit_url: str | None
    void_reason: str
    go_on_url: str | None
    void_url: str | None
    concern_url: str | None
    links: list[OnwardLink]


@bp.get("/audits/<public_id>")
@requires(Permission.AUDIT_READ, about=queries.audit_subject)
def audit_show(subject: Audit) -> ResponseReturnValue:
    """Show a whole audit, having written down who opened it."""
    audit = opened_unread(subject)
    return render_template("audits/audit_show.html", page=_page(audit, queries.asked_of(db_session(), audit)))


@bp.route("/audits/<public_id>/void", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.audit_subject)
def audit_void(subject: Audit) -> ResponseReturnValue:
    """Ask why an audit is set aside, and set it aside; say who does where that is not the reader."""
    form = VoidForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            commands.void_audit(
                session, audit, reason=answered(form.reason.data), version=form.version.number, by=current_person()
            )
            return done(f"Void: {audit.case.code}", to="audits.round_show", slug=audit.round.slug)
    audit = opened_unread(subject)
    form.version.data = str(audit.version)
    return render_template(
        "audits/audit_void.html",
        form=form,
        why_not=void_fault(audit.auditor_id, audit.worker_id, current_person().id),
        code=audit.case.code,
        round=audit.round.name,
        round_url=url_for("audits.round_show", slug=audit.round.slug),
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
    ), form.status


def section_cards(audit: Audit, tool: Tool, *, may_change: bool, counted: Counted | None = None) -> list[SectionCard]:
    """Return every section as it is read, with the way to change it where it may be changed.

    `counted` are the grades that count in place of the auditor's, which is named beside each that differs.
    """
    return [_card(audit, tool, section, counted or {}, may_change=may_change) for section in tool.sections]


def _card(audit: Audit, tool: Tool, section: Section, counted: Counted, *, may_change: bool) -> SectionCard:
    url = url_for("audits.audit_section", public_id=audit.public_id, number=section.number)
    is_graded = section.is_graded or section.number == tool.overall_number
    return SectionCard(
        heading=section.heading,
        answer=_both(audit, tool, section.number, counted) if is_graded else None,
        lines=_lines(audit, tool, section) + answer_lines(audit, section.number),
        change_url=url if may_change else None,
    )


def _both(audit: Audit, tool: Tool, number: int, counted: Counted) -> str:
    """Return the grade that counts, and the auditor's beside it where that is another."""
    counts, given = answer_words(audit, tool, number, counted), answer_words(audit, tool, number)
    return counts if counts == given else f"{counts}. The auditor's grade was {given}."


def _lines(audit: Audit, tool: Tool, section: Section) -> list[tuple[str, str]]:
    number = section.number
    if number == ABOUT_NUMBER:
        return about_lines(audit)
    if number == tool.overall_number:
        return overall_lines(audit)
    replies = audit.replies
    lines = [(one.text, reply_words(one, replies.get(one.id, Reply()))) for one in section.questions]
    lines += [("Strengths", s.strengths) for s in audit.sections if s.number == number and s.strengths]
    found = [finding for finding in audit.findings if finding.section_number == number]
    themes = [f.theme.name for f in found if f.kind is FindingKind.STRENGTH and f.theme]
    if themes:
        lines.append(("Counts as a strength in", ", ".join(themes)))
    lines += [development_line(audit, finding) for finding in found if finding.kind is FindingKind.DEVELOPMENT]
    return lines + [line for s in audit.sections if s.number == number for line in worker_lines(s)]


def _page(audit: Audit, tool: Tool) -> AuditPage:
    address = audit.public_id
    may_write = audit.state.is_open and allowed(Permission.AUDIT_WRITE, audit)
    is_blind = queries.is_blind(db_session(), audit, current_person())
    may_void = audit.state is not AuditState.VOID and allowed(Permission.ROUND_MANAGE, audit)
    list_label, list_url = list_of(audit)
    return AuditPage(
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        summary=summary_of(audit, tool),
        late=late_words(audit),
        facts=[
            ("Round", audit.round.name),
            ("Tool", tool.title),
            ("Auditor", audit.auditor.name),
            ("Audited on", day(audit.audited_on) or "Not yet"),
            ("State", audit.state.words),
            *worker_facts(audit),
            *past_facts(said_in_past(db_session(), audit) if audit.is_imported else None),
        ],
        cards=[] if is_blind else section_cards(audit, tool, may_change=False, counted=counted_grades(audit)),
        hidden=hidden_words(audit.state) if is_blind else "",
        agencies=[] if is_blind else agency_cards(audit, agencies_of(db_session(), audit), may_change=False),
        moderation_url=None if is_blind else _moderation_url(audit),
        concerns=[(_raised(concern.told_to, day(concern.told_at)), concern.what) for concern in audit.concerns],
        remedials=remedial_lines(audit),
        remedial_url=remedial_url(audit),
        re_audit_url=url_for("audits.re_audit_plan", public_id=address) if _may_plan(audit) else None,
        void_reason=audit.void_reason,
        go_on_url=url_for("audits.audit_section", public_id=address, number=first_unfinished(audit, tool))
        if may_write
        else None,
        void_url=url_for("audits.audit_void", public_id=address) if may_void else None,
        concern_url=_concern_url(audit),
        links=links_of(audit, is_hidden=is_blind),
    )


def _concern_url(audit: Audit) -> str | None:
    if audit.state is AuditState.VOID or not allowed(Permission.CONCERN_RAISE, audit):
        return None
    return url_for("audits.concern_raise", public_id=audit.public_id)


def _moderation_url(audit: Audit) -> str | None:
    """Return where to read what came of its moderation, when something has."""
    if audit.id not in queries.outcomes_of(db_session(), [audit]):
        return None
    return url_for("audits.moderation_show", public_id=audit.public_id)


def _may_plan(audit: Audit) -> bool:
    return audit.state.is_final and allowed(Permission.ROUND_MANAGE, audit)


def _raised(told_to: str, when: str) -> str:
    return f"{told_to} was told on {when}"
