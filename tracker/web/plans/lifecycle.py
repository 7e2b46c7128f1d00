"""Decisions on an action that ask for more than a reason: embedded, superseded, a placeholder that becomes actions."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField, TextAreaField

from tracker.core import clock
from tracker.core.problems import Gathered, Invalid
from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import lead_parties
from tracker.plans.commands.agreeing import LONGEST_TITLE, Agreed, agree_actions
from tracker.plans.commands.embedding import sign_off_embedded
from tracker.plans.commands.signoffs import supersede
from tracker.plans.models import Action
from tracker.plans.queries.action import action_at
from tracker.plans.queries.embedding import gate_of
from tracker.plans.queries.related import numbers_of
from tracker.plans.rules.dates import DateProblem, read_target_date
from tracker.plans.rules.lifecycle import Act, Place
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, FromList, NotBlank, RecordField, VersionField, choice
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving
from tracker.web.templating import day

_PLACES = ("1", "2", "3", "4")
_REASON = 400


class EmbedForm(Form):
    """What the assurance meeting found."""

    meeting = SelectField("Which assurance meeting signed it off?", coerce=str, validate_choice=False)
    independent_check = TextAreaField(
        "Who outside the lead’s own line checked it, and how?",
        [NotBlank("Say who outside the lead’s own line checked it, and how"), AtMost(_REASON, "The check")],
    )
    no_measure_reason = TextAreaField(
        "Why does no measure apply?", [NotBlank("Say why no measure applies"), AtMost(_REASON, "The reason")]
    )
    reason = TextAreaField("What did the meeting find?", [NotBlank("Give a reason"), AtMost(_REASON, "The reason")])
    version = VersionField()


class SupersedeForm(Form):
    """Which action takes the place of another, and why."""

    successor = FromList("Which action takes its place?", coerce=str)
    reason = TextAreaField("Why?", [NotBlank("Give a reason"), AtMost(_REASON, "The reason")])
    version = VersionField()


class AgreeForm(Form):
    """The actions that a placeholder stood for; rows that are empty are passed over."""

    reason = TextAreaField("Who agreed them, and when?", [NotBlank("Give a reason"), AtMost(_REASON, "The reason")])
    version = VersionField()


for _place in _PLACES:
    setattr(AgreeForm, f"title_{_place}", StringField("What is to be done?", [AtMost(LONGEST_TITLE, "The action")]))
    setattr(AgreeForm, f"lead_{_place}", RecordField("Who answers for it?"))
    setattr(AgreeForm, f"due_{_place}", StringField("By when?", [AtMost(120, "The date")]))


@bp.route("/plans/<slug>/<action_number:ref>/embed", methods=["GET", "POST"])
@requires(Permission.ACTION_EMBED, about=action_at)
def action_embed(action: Action) -> ResponseReturnValue:
    """Show the gate to complete and embedded, and take the sign-off once it is open."""
    form = EmbedForm(data={"version": action.version})
    gate, meetings = gate_of(db_session(), action)
    form.meeting.choices = [choice(str(one.id), f"{one.body.name}, {day(one.day)}") for one in meetings]
    if form.validate_on_submit():
        meeting = next((one for one in meetings if str(one.id) == form.meeting.data), None)
        said = {name: form[name].data for name in ("independent_check", "no_measure_reason", "reason")}
        with saving(form) as session:
            sign_off_embedded(
                session, action, meeting=meeting, **said, by=current_person(), version=form.version.number
            )
            return _back(f"Complete and embedded: {action.ref}", action)
    return _page("plans/action_embed.html", action, form, gate=gate)


@bp.route("/plans/<slug>/<action_number:ref>/supersede", methods=["GET", "POST"])
@requires(Permission.ACTION_CONFIRM, about=action_at)
def action_supersede(action: Action) -> ResponseReturnValue:
    """Say which action takes the place of this one."""
    form = SupersedeForm(data={"version": action.version})
    numbers = [row for row in numbers_of(db_session(), action.plan_id, in_force=True) if row[0] != action.id]
    form.successor.choices = [
        choice("", "Choose an action"),
        *(choice(str(key), f"{ref} {title}") for key, ref, title in numbers),
    ]
    if form.validate_on_submit():
        chosen = next((key for key, _, _ in numbers if str(key) == form.successor.data), None)
        with saving(form) as session:
            if chosen is None:
                raise Invalid("successor", "Choose the action that takes its place")
            other = session.get_one(Action, chosen)
            reason, version = form.reason.data or "", form.version.number
            supersede(session, action, successor=other, reason=reason, by=current_person(), version=version)
            return _back(f"Superseded: {action.ref}, by {other.ref}", action)
    return _page("plans/action_supersede.html", action, form)


@bp.route("/plans/<slug>/<action_number:ref>/agree", methods=["GET", "POST"])
@requires(Permission.ACTION_CONFIRM, about=action_at)
def action_agree(action: Action) -> ResponseReturnValue:
    """Put agreed actions in the place of a placeholder."""
    if request.method == "GET" and not Place(action.state, action.kind).fits(Act.AGREE):
        abort(404)
    parties = lead_parties(db_session())
    accountable = next((str(lead.party_id) for lead in action.leads), "")
    form: Any = AgreeForm(data={"version": action.version, **{f"lead_{place}": accountable for place in _PLACES}})
    for place in _PLACES:
        form[f"lead_{place}"].offer(parties, none="Nobody yet")
    if form.validate_on_submit():
        with saving(form) as session:
            agreed = _agreed(form, parties)
            reason, version = form.reason.data, form.version.number
            made = agree_actions(session, action, agreed, reason=reason, by=current_person(), version=version)
            return _back(f"In place of {action.ref}: {joined([one.ref for one in made])}", action)
    rows = [[form[f"{name}_{place}"] for name in ("title", "lead", "due")] for place in _PLACES]
    return _page("plans/action_agree.html", action, form, rows=rows)


def _agreed(form: Any, parties: list[Any]) -> list[Agreed]:
    """Read the rows in which something stands; raises each problem beside its field."""
    wrong, found = Gathered(), []
    for place in _PLACES:
        title, due = form[f"title_{place}"].data, form[f"due_{place}"].data
        if not title and not due:
            continue
        with wrong.trying():
            target = _target(due, f"due_{place}")
            found.append(Agreed(title, form[f"lead_{place}"].chosen(parties), target, place))
    wrong.tell()
    return found


def _target(text: str, field: str) -> Any:
    try:
        return read_target_date(text or "TBC", today=clock.today())
    except DateProblem as problem:
        raise Invalid(field, str(problem)) from None


def _back(told: str, action: Action) -> ResponseReturnValue:
    return done(told, to="plans.action_show", slug=action.plan.slug, ref=action.ref)


def _page(template: str, action: Action, form: Form, **shown: object) -> ResponseReturnValue:
    context = {"slug": action.plan.slug, "ref": action.ref, "title": action.title}
    return render_template(template, form=form, **context, **shown), form.status
