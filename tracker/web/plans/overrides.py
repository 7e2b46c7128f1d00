"""Asking for an override of an action's rating, deciding on it, and taking one's own back, each on its page."""

import secrets
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, TextAreaField

from tracker.extensions import db_session
from tracker.impact.commands import approve_override, ask_override, refuse_override, withdraw_override
from tracker.impact.queries import override_case
from tracker.people.policy import Permission
from tracker.plans.models import Action, Evidence, Override
from tracker.plans.queries.action import action_at
from tracker.plans.queries.evidence import evidence_in_view
from tracker.plans.queries.overrides import override_at
from tracker.plans.rules.overrides import SHORTEST_REASON, VALUES, why_not_override
from tracker.plans.rules.rag import Rag
from tracker.web.access import current_person, refuse_unless, requires
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, choice, one_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.evidence_rows import title_of
from tracker.web.plans.override_rows import FOR_THE_BODY, FOR_THE_OFFICE
from tracker.web.saving import done, saving
from tracker.web.templating import day

_SHORT = f"Say in {SHORTEST_REASON} characters or more why its dates mislead"


class AskForm(Form):
    """Asks which better rating, why, and what it rests on."""

    value = RadioField(
        "How should it be rated?",
        [one_of(*(value.value for value in VALUES), message="Select how it should be rated")],
        choices=[choice(value.value, value.meaning) for value in VALUES],
        validate_choice=False,
    )
    reason = TextAreaField("Why do its dates mislead?", [NotBlank(_SHORT), AtMost(600, "The reason")])
    evidence = FromList("What does it rest on?")
    form_token = HiddenField(validators=[AtMost(64, "The form")])


class DecideForm(Form):
    """What the decider says to an override."""

    note = TextAreaField("What do you say to it?", [AtMost(600, "What you say")])
    version = VersionField()


class WithdrawForm(Form):
    """Asks nothing but to be sure."""

    version = VersionField()


@bp.route("/plans/<slug>/<action_number:ref>/override", methods=["GET", "POST"])
@requires(Permission.OVERRIDE_ASK, about=action_at)
def override_ask(action: Action) -> ResponseReturnValue:
    """Ask that an action be rated better than its dates say."""
    session = db_session()
    pieces, case = evidence_in_view(session, action), override_case(session, action)
    form: Any = AskForm(data={"form_token": secrets.token_urlsafe(24)})
    form.evidence.choices = [choice("", "Choose a piece of evidence"), *(_offered(piece) for piece in pieces)]
    if form.validate_on_submit():
        chosen = next((piece for piece in pieces if piece.code == form.evidence.data), None)
        with saving(form) as session:
            ask_override(
                session,
                action,
                value=Rag(form.value.data),
                reason=form.reason.data or "",
                evidence=chosen,
                by=current_person(),
                form_token=form.form_token.data or None,
            )
            return done(f"Override asked for: {action.ref}", to="plans.action_show", **_where(action))
    refusals = [why_not_override(case, value) for value in VALUES] if case is not None else ["A draft is not rated"]
    if case is not None:
        form.value.choices = [
            choice(value.value, value.meaning) for value in VALUES if not why_not_override(case, value)
        ]
    return _page(
        "plans/override_ask.html",
        action,
        form,
        computed=case.computed.value if case is not None else "",
        refusal=refusals[-1] if all(refusals) else "",
        has_evidence=bool(pieces),
    )


def _offered(piece: Evidence) -> Any:
    return choice(piece.code, f"{title_of(piece)}, {day(piece.effective_on)}")


@bp.route("/plans/<slug>/<action_number:ref>/overrides/<int(max=2147483647):override_id>", methods=["GET", "POST"])
@requires(Permission.OVERRIDE_DECIDE, about=override_at)
def override_decide(override: Override) -> ResponseReturnValue:
    """Approve or refuse an override that somebody else asked for."""
    action, said, value = override.action, _said(override), Rag(override.value)
    form = DecideForm(data={"version": override.version})
    if form.validate_on_submit():
        approves = request.form.get("answer") == "approve"
        command = approve_override if approves else refuse_override
        with saving(form) as session:
            command(session, override, by=current_person(), note=form.note.data or "", version=form.version.number)
            told = f"Override approved: {action.ref}" if approves else f"Override not agreed: {action.ref}"
            return done(told, to="plans.action_show", **_where(action))
    case = override_case(db_session(), action)
    refusal = why_not_override(case, value) if case is not None else None
    return _page(
        "plans/override_decide.html",
        action,
        form,
        computed=case.computed.value if case is not None else "",
        refusal=refusal or "",
        **said,
    )


@bp.route(
    "/plans/<slug>/<action_number:ref>/overrides/<int(max=2147483647):override_id>/withdraw", methods=["GET", "POST"]
)
@requires(Permission.OVERRIDE_ASK, about=override_at)
def override_withdraw(override: Override) -> ResponseReturnValue:
    """Take back an override that one asked for oneself."""
    refuse_unless(override.asked_by_id == current_person().id, Permission.OVERRIDE_ASK, override)
    action, said = override.action, _said(override)
    form = WithdrawForm(data={"version": override.version})
    if form.validate_on_submit():
        with saving(form) as session:
            withdraw_override(session, override, by=current_person(), version=form.version.number)
            return done(f"Override taken back: {action.ref}", to="plans.action_show", **_where(action))
    return _page("plans/override_withdraw.html", action, form, **said)


def _said(override: Override) -> dict[str, str]:
    """Return what is shown of an override; after a conflict its records can no longer be asked for more."""
    return {
        "value": override.value,
        "over": override.over,
        "reason": override.reason,
        "evidence": title_of(override.evidence),
        "asked": f"{override.asked_by.name}, {day(override.asked_on)}",
        "who": FOR_THE_BODY if override.needs_body else FOR_THE_OFFICE,
    }


def _where(action: Action) -> dict[str, str]:
    return {"slug": action.plan.slug, "ref": action.ref}


def _page(template: str, action: Action, form: Form, **shown: object) -> ResponseReturnValue:
    return render_template(template, form=form, title=action.title, **_where(action), **shown), form.status
