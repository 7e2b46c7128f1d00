"""What came of a moderation, for its auditor and for moderators; disputing it, and the panel that decides."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Dispute, Moderation
from tracker.audits.rules.moderating import Outcome, Side, may_still_dispute
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, refuse_unless, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.follow_up import lacking_in_moderation
from tracker.web.audits.moderation_forms import CallForm, DisputeForm, PanelForm, panel_form
from tracker.web.audits.moderation_page import ComparedRow, compared_rows, file_page, tool_of, whole_moderation
from tracker.web.forms import answered
from tracker.web.opening import note_opening
from tracker.web.saving import done, saving
from tracker.web.templating import day

_NO_PANEL = "Not named yet. A moderator without a part in it names two or more people; an administrator can add one."


@dataclass(frozen=True)
class OutcomePage:
    """What came of a moderation; `rows` are empty while nobody may see them, and of an audit that was returned."""

    heading: str
    state: str
    facts: list[tuple[str, str]]
    rows: list[ComparedRow]
    has_panel: bool
    dispute: list[tuple[str, str]]
    may_dispute: bool
    panel_url: str | None
    audit_url: str


@bp.route("/audits/<public_id>/moderation", methods=["GET", "POST"])
@requires(Permission.MODERATION_DISPUTE, about=queries.moderation_subject)
def moderation_show(subject: Moderation) -> ResponseReturnValue:
    """Show what came of a moderation, and take a dispute of it."""
    form = DisputeForm()
    if form.validate_on_submit():
        with saving(form) as session:
            moderation, by = whole_moderation(), current_person()
            side = Side.AUDITOR if by.id == moderation.auditor_id else Side.SERVICE
            commands.dispute_moderation(session, moderation, side=side, reason=answered(form.reason.data), by=by)
            text = "It does not count until a panel has decided."
            public_id = moderation.audit.public_id
            return done(
                f"Disputed: {moderation.audit.case.code}", text=text, to="audits.moderation_show", public_id=public_id
            )
    note_opening(subject)
    moderation = whole_moderation()
    return render_template(
        "audits/moderation_show.html", form=form, page=_page(moderation), file=file_page(moderation)
    ), form.status


def _page(moderation: Moderation) -> OutcomePage:
    audit, outcome = moderation.audit, moderation.outcome
    shows = outcome in {Outcome.AGREED, Outcome.CHANGED}
    tool = queries.asked_of(db_session(), audit)
    in_dispute = audit.state in {AuditState.DISPUTED, AuditState.PANEL}
    return OutcomePage(
        heading=f"Moderation of {audit.case.code}",
        state=audit.state.words,
        facts=_facts(moderation, is_hidden=_is_hidden(moderation)),
        rows=compared_rows(moderation, tool) if shows else [],
        has_panel=any(one.by_panel for one in moderation.graded),
        dispute=_dispute(moderation.dispute),
        may_dispute=_may_dispute(moderation),
        panel_url=url_for("audits.panel_show", public_id=audit.public_id)
        if in_dispute and allowed(Permission.MODERATION_PANEL, moderation) and not _has_part(moderation)
        else None,
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
    )


def _is_hidden(moderation: Moderation) -> bool:
    """Say whether words of an audit that was returned are hidden: they tell whoever moderates it anew too much."""
    reader = current_person()
    return moderation.moderator_id != reader.id and queries.is_blind(db_session(), moderation.audit, reader)


def _facts(moderation: Moderation, *, is_hidden: bool) -> list[tuple[str, str]]:
    outcome = moderation.outcome
    if outcome is None:
        return [("Outcome", "Not yet. Both grades are shown here when the moderator has decided.")]
    why = "What to look at again" if outcome is Outcome.RETURNED else "Why"
    found = [
        ("Outcome", outcome.words),
        ("Moderated by", moderation.moderator.name if moderation.moderator else ""),
        ("Decided on", day(moderation.decided_at)),
    ]
    if is_hidden:
        return [*found, ("What was said", "It is shown when the audit was moderated anew.")]
    found += [
        ("Chosen for moderation because", moderation.chosen.words),
        (why, moderation.reason),
        ("The change is about", moderation.about.words if moderation.about else ""),
        ("Notes of the discussion", moderation.notes),
        ("Moderated from the same team because", moderation.team_reason),
    ]
    return [(name, words) for name, words in found if words]


def _dispute(dispute: Dispute | None) -> list[tuple[str, str]]:
    if dispute is None:
        return []
    decided = f"{day(dispute.decided_at)}: {dispute.decision}" if dispute.decided_at else ""
    found = (
        ("Disputed by", f"{dispute.side.words}, {day(dispute.raised_at)}"),
        ("Why", dispute.reason),
        ("Panel", joined([one.person.name for one in dispute.members]) or _NO_PANEL),
        ("Decision of the panel", decided),
    )
    return [(name, words) for name, words in found if words]


def _may_dispute(moderation: Moderation) -> bool:
    decided = moderation.decided_at
    is_own = moderation.auditor_id == current_person().id
    return (
        moderation.audit.state.is_final
        and (is_own or not _has_part(moderation))
        and moderation.outcome in {Outcome.AGREED, Outcome.CHANGED}
        and moderation.dispute is None
        and decided is not None
        and may_still_dispute(decided.astimezone(clock.LONDON).date(), clock.today())
    )


def _has_part(moderation: Moderation) -> bool:
    """Say whether the reader has a part in what is disputed, and so no say in what comes of it."""
    return current_person().id in moderation.involved


@bp.route("/audits/<public_id>/panel", methods=["GET", "POST"])
@requires(Permission.MODERATION_PANEL, about=queries.moderation_subject)
def panel_show(subject: Moderation) -> ResponseReturnValue:
    """Name the panel of a dispute, and keep its decision."""
    audit = queries.audit_by_id(db_session(), subject.audit_id)
    if audit is not None and audit.state is AuditState.DISPUTED:
        return _call(subject)
    if audit is not None and audit.state is AuditState.PANEL:
        return _decide(subject)
    public_id = (request.view_args or {})["public_id"]
    return redirect(url_for("audits.moderation_show", public_id=public_id), 303)


def _call(subject: Moderation) -> ResponseReturnValue:
    form = CallForm()
    form.offer(queries.panel_candidates(db_session(), subject))
    if form.validate_on_submit():
        with saving(form) as session:
            dispute = _disputed(whole_moderation())
            people = queries.panel_candidates(session, dispute.moderation)
            members, version = form.chosen(people), form.version.number
            commands.call_panel(session, dispute, members=members, version=version, by=current_person())
            return done("The panel is named", to="audits.panel_show", public_id=dispute.moderation.audit.public_id)
    note_opening(subject)
    return _shown(form, whole_moderation(), [], [])


def _decide(subject: Moderation) -> ResponseReturnValue:
    tool = tool_of(subject)
    form = panel_form(tool)
    if form.validate_on_submit():
        with saving(form) as session:
            dispute = _disputed(whole_moderation())
            commands.decide_dispute(
                session,
                dispute,
                tool,
                grades=form.grades,
                reason=answered(form.reason.data),
                version=form.version.number,
                by=current_person(),
            )
            return done(
                f"Decided: {dispute.moderation.audit.case.code}",
                to="audits.moderation_show",
                public_id=dispute.moderation.audit.public_id,
            )
    note_opening(subject)
    moderation = whole_moderation()
    rows = compared_rows(moderation, tool, [(section.number, field) for section, field in form.fields])
    return _shown(form, moderation, rows, lacking_in_moderation(moderation, tool, is_chosen=form.is_inadequate))


def _shown(
    form: CallForm | PanelForm, moderation: Moderation, rows: list[ComparedRow], missing: list[tuple[str, str]]
) -> ResponseReturnValue:
    """Show the page of the panel, whose opening was written down, to whoever has no part in what is disputed."""
    refuse_unless(not _has_part(moderation), Permission.MODERATION_PANEL, moderation)
    dispute = _disputed(moderation)
    return render_template(
        "audits/panel_show.html",
        form=form.hold(dispute),
        file=file_page(moderation),
        dispute=_dispute(dispute),
        rows=rows,
        missing=missing,
    ), form.status


def _disputed(moderation: Moderation) -> Dispute:
    """Return the dispute of an audit in dispute, which always has one."""
    [dispute] = moderation.disputes
    return dispute
