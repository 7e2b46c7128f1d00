"""Saying who decides on the date of a milestone that has none, and when to ask again."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.people.policy import Permission
from tracker.plans.commands.undated import say_who_decides
from tracker.plans.models import Milestone
from tracker.plans.queries.action import milestone_at
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, VersionField
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving


class NoDateForm(Form):
    """Asks who decides on a date, and by when."""

    decided_by = StringField(
        "Who decides on the date?", [NotBlank("Say who decides on the date"), AtMost(200, "Who decides")]
    )
    ask_again_on = DayField(
        "When do you ask again?",
        [NotBlank("Enter a day to ask again, for example 31 Jan 2027"), AtMost(60, "The day")],
    )
    version = VersionField()


@bp.route(
    "/plans/<slug>/<action_number:ref>/milestones/<int(max=2147483647):milestone_id>/no-date", methods=["GET", "POST"]
)
@requires(Permission.ACTION_UPDATE, about=milestone_at)
def no_date(milestone: Milestone) -> ResponseReturnValue:
    """Say who decides on the date of a milestone, and when to ask again."""
    action, title = milestone.action, milestone.title
    slug, ref = action.plan.slug, action.ref
    begun = {"decided_by": milestone.date_decided_by or milestone.waits_on or "", "version": milestone.version}
    form: Any = NoDateForm(data={**begun, "ask_again_on": milestone.ask_again_on})
    if form.validate_on_submit():
        with saving(form) as session:
            say_who_decides(
                session,
                milestone,
                decided_by=form.decided_by.data or "",
                ask_again_on=form.ask_again_on.day,
                by=current_person(),
                version=form.version.number,
            )
            return done(f"Noted: {title}", to="plans.action_show", slug=slug, ref=ref)
    return render_template("plans/no_date.html", form=form, milestone=title, slug=slug, ref=ref), form.status
