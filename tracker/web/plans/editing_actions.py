"""Pages of the programme office: adding and changing actions and milestones, and taking them out of a draft."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import queries as people_queries
from tracker.people.policy import Permission
from tracker.plans.commands.editing import (
    add_action,
    add_milestone,
    change_action,
    change_milestone,
    remove_action,
    remove_milestone,
)
from tracker.plans.commands.editing.wordings import LONGEST_WORDS
from tracker.plans.models import Action, Area, Milestone
from tracker.plans.queries.action import action_at, milestone_at, milestones_of
from tracker.plans.queries.contents import date_words
from tracker.plans.queries.plan import area_by_number
from tracker.plans.rules.dates import DateProblem, TargetDate, read_target_date
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.vocabulary import ActionKind
from tracker.web.access import current_person, requires
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    RecordField,
    TextAreaField,
    VersionField,
    answered,
    choice,
    trimmed,
)
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving

_LONGEST_DATE = 200
_KINDS = {
    ActionKind.STANDARD: "An action",
    ActionKind.PLACEHOLDER: "A placeholder: further actions to be agreed",
    ActionKind.CONTINUING: "Continuing work without an end",
}


class ActionForm(Form):
    """Asks for the words of an action."""

    title = TextAreaField("Title", [NotBlank("Enter the title of the action"), AtMost(LONGEST_WORDS, "The title")])
    version = VersionField()


class NewActionForm(ActionForm):
    """Asks for an action with its lead."""

    kind = FromList("What is it?", choices=[choice(kind.value, words) for kind, words in _KINDS.items()])
    lead = RecordField("Lead")


class MilestoneForm(Form):
    """Asks for a milestone and its date."""

    title = TextAreaField("Title", [NotBlank("Enter the title of the milestone"), AtMost(LONGEST_WORDS, "The title")])
    date = StringField("Date", [AtMost(_LONGEST_DATE, "The date")])
    version = VersionField()

    read_date: TargetDate | None = None

    def can_read(self, stored: str | None = "") -> bool:
        """Read the date into `read_date`, or say beside the box why not.

        What is `stored` already is left as it is, and so is every date of an approved plan, for which that is None.
        """
        typed = trimmed(self.date.data)
        if stored is None or (stored and typed == stored.strip()):
            return True
        try:
            self.read_date = read_target_date(typed or "TBC", today=clock.today())
        except DateProblem as problem:
            self.date.errors = [str(problem)]
            return False
        return True


@bp.route("/plans/<slug>/areas/<int:number>/actions/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=area_by_number)
def action_add(area: Area) -> ResponseReturnValue:
    """Add an action to an area."""
    form, slug, number, title = NewActionForm(data={"version": area.version}), area.plan.slug, area.number, area.title
    parties = people_queries.lead_parties(db_session())
    form.lead.offer(parties, none="No lead yet")
    if form.validate_on_submit():
        lead = form.lead.chosen(parties)
        with saving(form) as session:
            action = add_action(
                session,
                area,
                title=trimmed(form.title.data),
                kind=ActionKind(form.kind.data),
                lead=lead,
                by=current_person(),
                version=form.version.number,
            )
            said = f"Action {action.ref} added"
            if request.form.get("another"):
                return done(said, to="plans.action_add", slug=slug, number=number)
            return done(said, to="plans.action_change", slug=slug, ref=action.ref)
    page = render_template("plans/action_add.html", form=form, slug=slug, number=number, area_title=title)
    return page, form.status


@bp.route("/plans/<slug>/<action_number:ref>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=action_at)
def action_change(action: Action) -> ResponseReturnValue:
    """Change the title of an action, or take it out of a draft; lead on to its milestones."""
    form = ActionForm(data={"title": action.title, "version": action.version})
    slug, ref, number, now = action.plan.slug, action.ref, action.area.number, action.title
    is_draft = action.plan.status is PlanStatus.DRAFT
    milestones = [(one.id, one.title, date_words(one)) for one in milestones_of(db_session(), action)]
    if request.method == "POST" and request.form.get("answer") == "remove":
        with saving(form) as session:
            remove_action(session, action, by=current_person(), version=form.version.number)
            return done(f"Removed: {ref}", to="plans.area_change", slug=slug, number=number)
    elif form.validate_on_submit():
        with saving(form) as session:
            words = trimmed(form.title.data)
            change_action(session, action, title=words, by=current_person(), version=form.version.number)
            return done(f"{ref} saved", to="plans.action_change", slug=slug, ref=ref)
    context = {"slug": slug, "ref": ref, "number": number, "now": now, "is_draft": is_draft}
    return render_template("plans/action_change.html", form=form, milestones=milestones, **context), form.status


@bp.route("/plans/<slug>/<action_number:ref>/milestones/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=action_at)
def milestone_add(action: Action) -> ResponseReturnValue:
    """Add a milestone to an action."""
    form, slug, ref, title = MilestoneForm(data={"version": action.version}), action.plan.slug, action.ref, action.title
    if form.validate_on_submit() and form.can_read():
        with saving(form) as session:
            words = trimmed(form.title.data)
            add_milestone(
                session,
                action,
                title=words,
                date=answered(form.read_date),
                by=current_person(),
                version=form.version.number,
            )
            if request.form.get("another"):
                return done(f"Milestone added to {ref}", to="plans.milestone_add", slug=slug, ref=ref)
            return done(f"Milestone added to {ref}", to="plans.action_change", slug=slug, ref=ref)
    page = render_template("plans/milestone_add.html", form=form, slug=slug, ref=ref, title=title)
    return page, form.status


@bp.route(
    "/plans/<slug>/<action_number:ref>/milestones/<int(max=2147483647):milestone_id>/edit", methods=["GET", "POST"]
)
@requires(Permission.PLAN_EDIT, about=milestone_at)
def milestone_change(milestone: Milestone) -> ResponseReturnValue:
    """Change a milestone; its date and whether it is there only while the plan is a draft."""
    action, is_draft = milestone.action, milestone.action.plan.status is PlanStatus.DRAFT
    shown = {"title": milestone.title, "date": milestone.date_text, "version": action.version}
    form, slug, ref, now = MilestoneForm(data=shown), action.plan.slug, action.ref, date_words(milestone)
    if request.method == "POST" and request.form.get("answer") == "remove":
        with saving(form) as session:
            remove_milestone(session, milestone, by=current_person(), version=form.version.number)
            return done(f"Milestone removed from {ref}", to="plans.action_change", slug=slug, ref=ref)
    elif form.validate_on_submit() and form.can_read(milestone.date_text if is_draft else None):
        with saving(form) as session:
            words, who, version = trimmed(form.title.data), current_person(), form.version.number
            change_milestone(session, milestone, title=words, date=form.read_date, by=who, version=version)
            return done(f"Milestone of {ref} saved", to="plans.action_change", slug=slug, ref=ref)
    page = render_template("plans/milestone_change.html", form=form, slug=slug, ref=ref, now=now, is_draft=is_draft)
    return page, form.status
