"""Quick wins: giving one to somebody, saying that it is done, and making it part of an action of a plan."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits.commands.quick_wins import add_quick_win, finish_quick_win
from tracker.audits.models import AssuranceEvent, QuickWin
from tracker.audits.queries import events
from tracker.audits.rules import limits
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.impact.commands import link_quick_win
from tracker.impact.queries import action_to_link, actions_of_quick_wins, plans_to_link
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import OtherForm
from tracker.web.audits.win_rows import win_line
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    StringField,
    TextAreaField,
    answered,
    choice,
)
from tracker.web.saving import done, saving

_LONGEST_NUMBER = 20


class WinForm(OtherForm):
    """Asks what is to be done, by whom and by when."""

    words = StringField(
        "What is to be done?",
        [NotBlank("Say what is to be done"), AtMost(limits.QUESTION_LENGTH, "The quick win")],
    )
    owner = RecordField("Who does it?", [NotBlank("Choose who does it")])
    due_on = DayField("By when?", needs_year=True, validators=[NotBlank("Enter the day it is due")])


class FinishForm(OtherForm):
    """Asks what was done and when."""

    done_on = DayField("On which day was it done?", needs_year=True, validators=[NotBlank("Enter the day it was done")])
    outcome = TextAreaField(
        "What was done?", [NotBlank("Say what was done"), AtMost(limits.HEADLINE_LENGTH, "What was done")]
    )


class PartForm(Form):
    """Asks for the action, by the number that its plan prints."""

    plan = FromList("Plan", [NotBlank("Choose a plan")], choices=[])
    action = StringField(
        "Number of the action", [NotBlank("Enter the number of an action"), AtMost(_LONGEST_NUMBER, "The number")]
    )

    def chosen(self, session: Session) -> Action:
        """Return the action of the number; problems stand beside their field."""
        found = action_to_link(session, answered(self.plan.data), answered(self.action.data), current_person())
        if found is None:
            raise Invalid("action", f"There is no action {self.action.data} in this plan that you can choose")
        return found


@bp.route("/events/<public_id>/quick-wins/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.event)
def quick_win_new(event: AssuranceEvent) -> ResponseReturnValue:
    """Give a quick win of an event to somebody."""
    form, public_id, name = WinForm(), event.public_id, event.name
    owners = events.possible_owners(db_session())
    form.owner.offer(owners, none="Choose somebody")
    if form.validate_on_submit():
        with saving(form) as session:
            win = add_quick_win(
                session,
                event,
                words=answered(form.words.data),
                owner=answered(form.owner.chosen(owners)),
                due_on=answered(form.due_on.day),
                names_confirmed=form.names_confirmed.data,
                form_token=form.form_token.data or None,
                by=current_person(),
            )
            return done(f"Quick win added: {win.words}", to="audits.event_show", public_id=public_id)
    form.give_token()
    back = url_for("audits.event_show", public_id=public_id)
    return render_template("audits/quick_win_new.html", form=form, name=name, back_url=back), form.status


@bp.route("/quick-wins/<public_id>", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_READ, about=events.quick_win)
def quick_win_show(subject: QuickWin) -> ResponseReturnValue:
    """Show a quick win, and take from its owner or the moderator that it is done."""
    form, public_id = FinishForm(), subject.public_id
    if form.validate_on_submit():
        with saving(form) as session:
            finish_quick_win(
                session,
                subject,
                done_on=answered(form.done_on.day),
                outcome=answered(form.outcome.data),
                names_confirmed=form.names_confirmed.data,
                version=form.version.number,
                by=current_person(),
            )
            return done(f"Done: {subject.words}", to="audits.event_show", public_id=subject.event.public_id)
    win = events.quick_win(db_session(), public_id) or subject
    action = actions_of_quick_wins(db_session(), [win.id]).get(win.id)
    form.version.data = str(win.version)
    if not form.is_submitted() and not form.is_held:
        form.done_on.process_data(clock.today())
    may_link = action is None and allowed(Permission.QUICK_WIN_LINK, win)
    return render_template(
        "audits/quick_win_show.html",
        form=form,
        line=win_line(win, action),
        event=win.event.name,
        event_url=url_for("audits.event_show", public_id=win.event.public_id),
        may_finish=win.done_on is None and allowed(Permission.QUICK_WIN_DO, win),
        link_url=url_for("audits.quick_win_action", public_id=public_id) if may_link else None,
    ), form.status


@bp.route("/quick-wins/<public_id>/action", methods=["GET", "POST"])
@requires(Permission.QUICK_WIN_LINK, about=events.quick_win)
def quick_win_action(win: QuickWin) -> ResponseReturnValue:
    """Make a quick win part of an action of a plan."""
    form, words, public_id = PartForm(), win.words, win.public_id
    plans = plans_to_link(db_session(), current_person())
    unchosen = [choice("", "Choose a plan")] if len(plans) > 1 else []
    form.plan.choices = [*unchosen, *(choice(plan.slug, plan.title) for plan in plans)]
    if form.validate_on_submit():
        with saving(form) as session:
            action = form.chosen(session)
            link_quick_win(session, win, action, by=current_person())
            title = f"Now part of {action.ref} {action.title}"
            return done(title, to="audits.quick_win_show", public_id=public_id)
    back = url_for("audits.quick_win_show", public_id=public_id)
    return render_template(
        "audits/quick_win_action.html", form=form, words=words, back_url=back, has_plans=bool(plans)
    ), form.status
