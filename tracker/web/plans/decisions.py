"""Decisions on an action, each on a page that asks for its reason: its state, a date asked for, a turn, a reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands import dates, links, signoffs, steps
from tracker.plans.models import Action, ActionLink, DateChange, Milestone
from tracker.plans.queries.action import action_at, date_change_at, milestone_at, milestones_of
from tracker.plans.queries.dates import change_in_words
from tracker.plans.queries.evidence import evidence_count
from tracker.plans.queries.milestones import date_story
from tracker.plans.queries.related import link_at, numbers_of
from tracker.plans.rules.embedding import HELD_FOR
from tracker.plans.rules.states import ActionState, LinkKind
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, VersionField, choice, one_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.evidence_lines import count_in_words
from tracker.web.plans.wish_rows import reason_words
from tracker.web.saving import done, saving


@dataclass(frozen=True)
class Decision:
    """One decision on an action's state: its command and its words."""

    command: Callable[..., object]
    title: str
    asks: str
    button: str
    told: str


_DECISIONS = {
    "confirm": Decision(
        signoffs.confirm_complete, "Confirm that {} is complete", "What did you check?", "Confirm {}", "Confirmed: {}"
    ),
    "send-back": Decision(
        signoffs.send_back, "Send {} back to its lead", "What is missing?", "Send {} back", "Sent back: {}"
    ),
    "hold": Decision(signoffs.hold, "Put {} on hold", "Why?", "Put {} on hold", "On hold: {}"),
    "resume": Decision(signoffs.resume, "Take {} up again", "What has changed?", "Take {} up again", "Taken up: {}"),
    "withdraw": Decision(
        signoffs.withdraw_action, "Withdraw {}", "Why is it withdrawn?", "Withdraw {}", "Withdrawn: {}"
    ),
    "reopen": Decision(signoffs.reopen, "Re-open {}", "Why is it re-opened?", "Re-open {}", "Re-opened: {}"),
}


class DecisionForm(Form):
    """Why an action is confirmed, sent back, held, taken up, withdrawn or re-opened."""

    reason = TextAreaField("Reason", [NotBlank("Give a reason"), AtMost(400, "The reason")])
    review_on = DayField("When is it looked at again?")
    not_done = SelectMultipleField("Which milestones are not done after all?", coerce=str, validate_choice=False)
    version = VersionField()


class DateForm(Form):
    """What the office says to a date that was asked for."""

    note = TextAreaField("What do you say to it?", [AtMost(400, "What you say")])
    version = VersionField()


class TurnForm(Form):
    """Why a missed turn is excused."""

    reason = TextAreaField("Why is it excused?", [NotBlank("Give a reason"), AtMost(400, "The reason")])


class ReferenceForm(Form):
    """Which action a reference means."""

    target = SelectField("Which action is meant?", coerce=str, validate_choice=False)
    kind = RadioField(
        "What does it say?",
        [one_of(*LinkKind, message="Select what the reference says")],
        choices=[
            choice(LinkKind.CROSS_REFERENCE.value, "It only refers to it"),
            choice(LinkKind.DEPENDS_ON.value, "It waits for it: when that one is red, this one is amber at least"),
        ],
        validate_choice=False,
    )
    version = VersionField()


@bp.route("/plans/<slug>/<action_number:ref>/decide/<act>", methods=["GET", "POST"])
@requires(Permission.ACTION_CONFIRM, about=action_at)
def action_decide(action: Action) -> ResponseReturnValue:
    """Ask for the reason of a decision on an action's state, and take it."""
    decision = _DECISIONS.get((request.view_args or {})["act"])
    if decision is None:
        abort(404)
    form = DecisionForm(data={"version": action.version})
    milestones = _called_done(action, decision)
    form.not_done.choices = [choice(str(milestone.id), milestone.title) for milestone in milestones]
    if form.validate_on_submit():
        chosen = _chosen(form, milestones)
        with saving(form) as session:
            more: dict[str, Any] = {"not_done": chosen} if chosen else {}
            more |= {"review_on": form.review_on.day} if decision.command is signoffs.hold else {}
            decision.command(
                session, action, reason=form.reason.data, by=current_person(), version=form.version.number, **more
            )
            return _back(decision.told.format(action.ref), action)
    asks = {"asks_review": decision.command is signoffs.hold, "note": _note(action, decision)}
    return _page("plans/action_decide.html", action, form, decision=decision, **_evidence(action, decision), **asks)


def _note(action: Action, decision: Decision) -> str:
    """Say what the decision will mean, where that is not plain from its name."""
    if decision.command is signoffs.reopen and action.state is ActionState.EMBEDDED:
        return (
            "It goes back to complete and is shown as having come back. To be embedded again it must hold for another "
            f"{HELD_FOR.days} days."
        )
    return "While it is on hold it counts as amber at least." if decision.command is signoffs.hold else ""


def _evidence(action: Action, decision: Decision) -> dict[str, Any]:
    """Return what shows that it is complete, how much of it nobody has verified, and whether any is there (A3)."""
    if decision.command is not signoffs.confirm_complete:
        return {"evidence": "", "lacks_evidence": False}
    count = evidence_count(db_session(), action)
    return {"evidence": count_in_words(count), "lacks_evidence": not count.pieces}


def _called_done(action: Action, decision: Decision) -> list[Milestone]:
    """Return the milestones that re-opening may call not done after all."""
    if decision.command is not signoffs.reopen or action.state is not ActionState.COMPLETE:
        return []
    return [one for one in milestones_of(db_session(), action) if one.state is MilestoneState.DONE]


def _chosen(form: Any, milestones: list[Milestone]) -> list[Milestone]:
    chosen = set(form.not_done.data or ())
    return [milestone for milestone in milestones if str(milestone.id) in chosen]


@bp.route("/plans/<slug>/<action_number:ref>/dates/<int(max=2147483647):change_id>", methods=["GET", "POST"])
@requires(Permission.DATE_APPROVE, about=date_change_at)
def date_decide(change: DateChange) -> ResponseReturnValue:
    """Approve or refuse a date that was asked for: in one press from the action's page, or here with words."""
    action = change.milestone.action
    said = _said(change)
    form = DateForm(data={"version": change.version})
    if form.validate_on_submit():
        approves = request.form.get("answer") == "approve"
        command = dates.approve_date if approves else dates.refuse_date
        with saving(form) as session:
            command(session, change, by=current_person(), note=form.note.data or "", version=form.version.number)
            told = "Date agreed" if approves else "Date not agreed"
            return _back(f"{told}: {action.ref}, {said['milestone']}", action)
    return _page("plans/date_decide.html", action, form, **said)


def _said(change: DateChange) -> dict[str, str]:
    """Return what is shown of a date that was asked for; after a conflict nothing more can be asked of its records."""
    kind = change.reason_code.kind if change.reason_code is not None else ""
    return {
        "milestone": change.milestone.title,
        "because": reason_words(kind, change.reason),
        "old": change_in_words(change, "from"),
        "new": change_in_words(change, "to"),
        **date_story(db_session(), change),
    }


@bp.route(
    "/plans/<slug>/<action_number:ref>/milestones/<int(max=2147483647):milestone_id>/turns/<due>",
    methods=["GET", "POST"],
)
@requires(Permission.ACTION_CONFIRM, about=milestone_at)
def turn_excuse(milestone: Milestone) -> ResponseReturnValue:
    """Excuse a missed turn of a recurring milestone, with a reason."""
    due = _day((request.view_args or {})["due"])
    if due is None:
        abort(404)
    form = TurnForm()
    action, title = milestone.action, milestone.title
    if form.validate_on_submit():
        with saving(form) as session:
            reason = form.reason.data or ""
            steps.excuse_occurrence(session, milestone, due=due, reason=reason, by=current_person())
            return _back(f"Excused: {title}", action)
    return _page("plans/turn_excuse.html", action, form, milestone=title, due=due)


@bp.route("/plans/<slug>/<action_number:ref>/references/<int(max=2147483647):link_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=link_at)
def reference_decide(link: ActionLink) -> ResponseReturnValue:
    """Say which action a reference in the plan's text means, or that it holds no longer."""
    action = link.origin
    numbers = [row for row in numbers_of(db_session(), action.plan_id) if row[0] != action.id]
    text = link.text
    form = ReferenceForm(data={"version": link.version, "target": str(link.to_id or ""), "kind": link.kind.value})
    form.target.choices = [
        choice("", "Choose an action"),
        *(choice(str(key), f"{ref} {title}") for key, ref, title in numbers),
    ]
    if request.method == "POST" and request.form.get("answer") == "reject":
        with saving(form) as session:
            links.reject_link(session, link, by=current_person(), version=form.version.number)
            return _back("The reference holds no longer", action)
    elif form.validate_on_submit():
        target = next((key for key, _, _ in numbers if str(key) == form.target.data), None)
        if target is None:
            form.target.errors = ["Choose the action that is meant"]
        else:
            with saving(form) as session:
                meant = session.get_one(Action, target)
                kind = LinkKind(form.kind.data)
                links.confirm_link(
                    session, link, target=meant, kind=kind, by=current_person(), version=form.version.number
                )
                return _back(f"Reference confirmed: {meant.ref}", action)
    return _page("plans/reference_decide.html", action, form, text=text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back(told: str, action: Action) -> ResponseReturnValue:
    return done(told, to="plans.action_show", slug=action.plan.slug, ref=action.ref)


def _page(template: str, action: Action, form: Form, **shown: object) -> ResponseReturnValue:
    context = {"slug": action.plan.slug, "ref": action.ref, "title": action.title}
    return render_template(template, form=form, **context, **shown), form.status
