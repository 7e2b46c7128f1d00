"""Pages of the programme office: recording that a body approved a plan, and moving a plan on in its life."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField, TextAreaField

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import queries as people_queries
from tracker.people.policy import Permission
from tracker.plans.commands.versions import LONGEST_NOTE, Approval, approve_plan, move_plan
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.replaced import successors_of
from tracker.plans.rules.plan_life import next_steps, status_meaning, status_words
from tracker.plans.rules.states import PlanStatus
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, RecordField, VersionField, answered, choice, trimmed
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving


class ApprovalForm(Form):
    """Asks which body approved the plan, on which day, and what changed."""

    body = RecordField("Which body approved it?")
    approved_on = DayField("On which day?", [NotBlank("Enter the day of the approval")], needs_year=True)
    note = TextAreaField("What changed since the version before?", [AtMost(LONGEST_NOTE, "What changed")])
    version = VersionField()


class MoveForm(Form):
    """Asks for the next step of a plan's life, and why."""

    to = RadioField("What is it from today?", validate_choice=False)
    successor = RecordField("If it is replaced, by which plan?")
    reason = TextAreaField("Why?", [NotBlank("Say why"), AtMost(LONGEST_NOTE, "The reason")])
    version = VersionField()


@bp.route("/plans/<slug>/approve", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_approve(plan: Plan) -> ResponseReturnValue:
    """Record that a body approved the plan as it stands."""
    form, slug, title, is_first = ApprovalForm(data={"version": plan.version}), plan.slug, plan.title, _is_draft(plan)
    bodies = people_queries.bodies(db_session())
    form.body.offer(bodies, none="Choose a body")
    if form.validate_on_submit():
        body = form.body.chosen(bodies)
        approval = Approval(answered(form.approved_on.day), body.name if body else "", trimmed(form.note.data))
        with saving(form) as session:
            kept = approve_plan(session, plan, approval, by=current_person(), version=form.version.number)
            return done(f"Approved: version {kept.number} of {title}", to="plans.plan_versions", slug=slug)
    page = render_template("plans/plan_approve.html", form=form, slug=slug, plan_title=title, is_first=is_first)
    return page, form.status


@bp.route("/plans/<slug>/status", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_move(plan: Plan) -> ResponseReturnValue:
    """Move a plan on in its life."""
    status, slug, title = plan.status.on(clock.today(), approved_on=plan.approved_on), plan.slug, plan.title
    form = MoveForm(data={"version": plan.version})
    form.to.choices = [choice(step.value, status_words(step)) for step in next_steps(status)]
    others = successors_of(db_session(), plan, current_person()) if PlanStatus.REPLACED in next_steps(status) else []
    form.successor.choices = [choice("", "Choose a plan"), *(choice(str(one.id), one.title) for one in others)]
    if form.validate_on_submit():
        to = next((step for step in PlanStatus if step.value == form.to.data), None)
        if to is None:
            form.to.errors = ["Choose what the plan is from today"]
        else:
            with saving(form) as session:
                move_plan(
                    session,
                    plan,
                    to=to,
                    reason=trimmed(form.reason.data),
                    by=current_person(),
                    version=form.version.number,
                    successor=form.successor.chosen(others),
                )
                return done(f"{title}: {status_words(to).lower()}", to="plans.plan_versions", slug=slug)
    meanings = [(status_words(step), status_meaning(step)) for step in next_steps(status)]
    page = render_template(
        "plans/plan_move.html",
        form=form,
        slug=slug,
        plan_title=title,
        status=status_words(status),
        is_draft=status is PlanStatus.DRAFT,
        meanings=meanings,
        may_be_replaced=PlanStatus.REPLACED in next_steps(status),
    )
    return page, form.status


def _is_draft(plan: Plan) -> bool:
    return plan.approved_on is None
