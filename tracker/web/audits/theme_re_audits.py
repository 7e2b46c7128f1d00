"""Auditing a theme again: planning it for an action, and the counts before and after side by side."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.theme_re_audits import ThemeReAuditPlan, plan_theme_re_audit
from tracker.audits.models import AuditRound, Theme, ThemeReAudit
from tracker.audits.queries import theme_by_code
from tracker.audits.queries.theme_re_audits import (
    ThemeReAuditRow,
    before_and_after,
    round_of_re_audit,
    round_on,
    rounds_to_fill,
    theme_re_audit,
    theme_re_audits,
)
from tracker.audits.rules import limits
from tracker.audits.rules.theme_re_audits import what_may_be_said, window_before
from tracker.audits.rules.votes import ThemeCount
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.commands import link_theme_re_audit
from tracker.impact.queries import LinkedAction, actions_of_re_audits, actions_of_themes
from tracker.impact.queries import link as theme_link
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import OtherForm
from tracker.web.forms import (
    AtMost,
    DayField,
    FromList,
    NotBlank,
    RecordField,
    TextAreaField,
    WholeField,
    answered,
    choice,
)
from tracker.web.saving import done, saving
from tracker.web.templating import day


class ThemeReAuditForm(OtherForm):
    """Asks since when something is changed, for which action, by when and with how many files it is looked at."""

    action = FromList("For which action?")
    in_place_on = DayField(
        "Since when is the change in place?", needs_year=True, validators=[NotBlank("Enter the day of the change")]
    )
    due_on = DayField("Due by", needs_year=True, validators=[NotBlank("Enter the day it is due by")])
    files = WholeField("How many files?", least=1, most=limits.LARGEST_SAMPLE)
    why = TextAreaField(
        "Why is it audited again?",
        [NotBlank("Say why the theme is audited again"), AtMost(limits.REASON_LENGTH, "Why")],
    )
    round = RecordField("Round")

    def plan(self, rounds: list[AuditRound]) -> ThemeReAuditPlan:
        """Return what was answered."""
        return ThemeReAuditPlan(
            in_place_on=answered(self.in_place_on.day),
            due_on=answered(self.due_on.day),
            files=answered(self.files.number),
            why=answered(self.why.data),
            round=self.round.chosen(rounds),
        )


@dataclass(frozen=True)
class ThemeReAuditLine:
    """A theme to be audited again, in the list of re-audits."""

    theme: str
    url: str
    action: str
    due: str
    late: str
    progress: str


@dataclass(frozen=True)
class SideLine:
    """One side of a change: which audits, in how many a concern was found, and out of what."""

    name: str
    when: str
    concerns: str
    asked: str


@bp.route("/re-audits/themes/<code>/new", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=round_on)
def theme_re_audit_plan(subject: AuditRound) -> ResponseReturnValue:
    """Plan that a theme is audited again, for one of the actions that are meant to change it or for none."""
    del subject
    theme = _theme()
    rounds = rounds_to_fill(db_session(), theme.id, clock.today())
    linked = _linked(theme)
    form = ThemeReAuditForm()
    form.round.offer(rounds, none="A round of its own")
    form.action.choices = [
        choice("", "No single action"),
        *(choice(str(one.link_id), f"{one.ref} {one.title}") for one in linked),
    ]
    if form.validate_on_submit():
        with saving(form) as session:
            token, confirmed, by = form.form_token.data or None, form.names_confirmed.data, current_person()
            plan = form.plan(rounds_to_fill(session, theme.id, clock.today()))
            planned = plan_theme_re_audit(session, _theme(), plan, names_confirmed=confirmed, form_token=token, by=by)
            if form.action.data and planned.id not in actions_of_re_audits(session, [planned.id]):
                link = theme_link(session, int(form.action.data)) or abort(404)
                link_theme_re_audit(session, planned, link, by=by)
            title = f"Planned: {planned.theme.name} is audited again"
            return done(title, to="audits.theme_re_audit_show", public_id=planned.public_id)
    form.give_token()
    if not form.is_submitted() and not form.is_held:
        _begin(form, linked)
    return render_template("audits/theme_re_audit_plan.html", form=form, theme=theme.name, code=theme.code), form.status


@bp.get("/re-audits/themes/<public_id>")
@requires(Permission.ROUND_MANAGE, about=round_of_re_audit)
def theme_re_audit_show(subject: AuditRound) -> ResponseReturnValue:
    """Show the counts before a change and after it, with their n; no case is named here."""
    planned = theme_re_audit(db_session(), (request.view_args or {})["public_id"]) or abort(404)
    counts = before_and_after(db_session(), planned)
    action = actions_of_re_audits(db_session(), [planned.id]).get(planned.id)
    return render_template(
        "audits/theme_re_audit_show.html",
        heading=f"Before and after: {planned.theme.name}",
        facts=_facts(planned, action),
        theme_url=url_for("themes.theme_show", code=planned.theme.code),
        round_name=subject.name,
        round_url=url_for("audits.round_show", slug=subject.slug),
        sides=_sides(planned, counts.before, counts.after),
        said=what_may_be_said(counts.before, counts.after),
    )


def theme_re_audit_lines() -> list[ThemeReAuditLine]:
    """Return the themes that are audited again for the list of re-audits; two queries."""
    rows = theme_re_audits(db_session(), reader=current_person())
    actions = actions_of_re_audits(db_session(), [row.id for row in rows]) if rows else {}
    return [_line(row, actions.get(row.id)) for row in rows]


def _theme() -> Theme:
    return theme_by_code(db_session(), (request.view_args or {})["code"]) or abort(404)


def _linked(theme: Theme) -> list[LinkedAction]:
    found = actions_of_themes(db_session(), day=clock.today(), reader=current_person(), theme_id=theme.id)
    return [one for one in found.get(theme.id, []) if one.is_readable and not one.is_withdrawn]


def _begin(form: ThemeReAuditForm, linked: list[LinkedAction]) -> None:
    """Begin with the action that the reader came from, and with the day on which it was done."""
    wanted = next((one for one in linked if str(one.link_id) == request.args.get("link")), None)
    if wanted is not None:
        form.action.data = str(wanted.link_id)
        form.in_place_on.process_data(wanted.done_on)


def _facts(planned: ThemeReAudit, action: Action | None) -> list[tuple[str, str]]:
    return [
        ("Why", planned.why),
        ("Action", _named(action)),
        ("Change in place", day(planned.in_place_on)),
        ("Due", day(planned.due_on)),
        ("Planned", counted(planned.files, "file")),
    ]


def _named(action: Action | None) -> str:
    if action is None:
        return "No single action"
    return f"{action.ref} {action.title}" if allowed(Permission.PLAN_READ, action) else "Of a plan that you cannot open"


def _sides(planned: ThemeReAudit, before: ThemeCount, after: ThemeCount) -> list[SideLine]:
    since, until = window_before(planned.in_place_on)
    return [
        _side("Before", f"{day(since)} to {day(until)}, files chosen at random", before),
        _side("After", "The files of the round", after),
    ]


def _side(name: str, when: str, count: ThemeCount) -> SideLine:
    return SideLine(name, when, count.in_files, f"{count.asked} of {counted(count.due, 'file')} due")


def _line(row: ThemeReAuditRow, action: Action | None) -> ThemeReAuditLine:
    is_late = row.due_on < clock.today() and row.final < row.files
    return ThemeReAuditLine(
        theme=row.theme,
        url=url_for("audits.theme_re_audit_show", public_id=row.public_id),
        action=_named(action),
        due=day(row.due_on),
        late="Late" if is_late else "",
        progress=f"{row.final} final, {row.given} given out, {row.files} planned",
    )
