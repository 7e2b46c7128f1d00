"""Linking a theme to an action from either side, and ending a link; both ask why."""

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, StringField, TextAreaField

from tracker.audits.models import Theme
from tracker.audits.queries import theme_by_code, themes_on
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.impact import commands, queries
from tracker.impact.models import ThemeAction
from tracker.impact.rules import LONGEST_REASON, Relation
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, answered, choice, choices_of, one_of
from tracker.web.saving import done, saving
from tracker.web.themes.blueprint import bp
from tracker.web.themes.window import theme_in_address

_LONGEST_NUMBER = 20
_WHY = AtMost(LONGEST_REASON, "The reason")


class _RelationForm(Form):
    """What every link asks: what the action does for the theme, and why that is thought."""

    relation = RadioField(
        "What does the action do for this theme?",
        [one_of(*Relation, message="Choose what the action does for this theme")],
        choices=choices_of(Relation),
        validate_choice=False,
    )
    why = TextAreaField("Why do you link them?", [NotBlank("Say why you link them"), _WHY])


class ActionForm(_RelationForm):
    """Asks for the action of a theme, by the number that its plan prints."""

    plan = FromList("Plan", [NotBlank("Choose a plan")], choices=[])
    action = StringField(
        "Number of the action", [NotBlank("Enter the number of an action"), AtMost(_LONGEST_NUMBER, "The number")]
    )

    def chosen(self, session: Session) -> Action:
        """Return the action of the number; problems stand beside their field."""
        found = queries.action_to_link(session, answered(self.plan.data), answered(self.action.data), current_person())
        if found is None:
            raise Invalid("action", f"There is no action {self.action.data} in this plan that you can link")
        return found


class ThemeForm(_RelationForm):
    """Asks for the theme of an action."""

    theme = FromList("Theme", [NotBlank("Choose a theme")], choices=[])

    def chosen(self, session: Session) -> Theme:
        """Return the theme that was chosen."""
        found = theme_by_code(session, answered(self.theme.data))
        if found is None:
            raise Invalid("theme", "Choose a theme from the list")
        return found


class EndForm(Form):
    """Asks why a link ends."""

    version = VersionField()
    why = TextAreaField("Why does the link end?", [NotBlank("Say why the link ends"), _WHY])


@bp.route("/themes/<code>/link", methods=["GET", "POST"])
@requires(Permission.THEME_LINK)
def theme_link(code: str) -> ResponseReturnValue:
    """Link an action to a theme."""
    theme = theme_in_address(code)
    form = ActionForm()
    plans = queries.plans_to_link(db_session(), current_person())
    unchosen = [choice("", "Choose a plan")] if len(plans) > 1 else []
    form.plan.choices = [*unchosen, *(choice(plan.slug, plan.title) for plan in plans)]
    if form.validate_on_submit():
        with saving(form) as session:
            action = form.chosen(session)
            _link(session, theme, action, form)
            return done(_linked(action, theme), to="themes.theme_show", code=theme.code)
    actions = queries.actions_to_link(db_session(), theme, current_person())
    return render_template("themes/theme_link.html", theme=theme, form=form, plans=plans, actions=actions), form.status


@bp.route("/plans/<slug>/<ref>/link", methods=["GET", "POST"])
@requires(Permission.THEME_LINK)
def action_link(slug: str, ref: str) -> ResponseReturnValue:
    """Link a theme to an action, coming from the action."""
    action = _action_in_address(slug, ref)
    address = url_for("plans.action_show", slug=action.plan.slug, ref=action.ref)
    form = ThemeForm()
    themes = themes_on(db_session(), clock.today())
    form.theme.choices = [choice("", "Choose a theme"), *(choice(theme.code, theme.name) for theme in themes)]
    if form.validate_on_submit():
        with saving(form) as session:
            theme = form.chosen(session)
            _link(session, theme, action, form)
            return done(_linked(action, theme), to="plans.action_show", slug=action.plan.slug, ref=action.ref)
    return render_template("themes/action_link.html", action=action, form=form, back_url=address), form.status


def _action_of_link(session: Session, link_id: int) -> Action | None:
    """Return the action of a link: the permission to unlink is about it."""
    link = queries.link(session, link_id)
    return link.action if link else None


@bp.route("/theme-links/<int:link_id>/end", methods=["GET", "POST"])
@requires(Permission.THEME_LINK, about=_action_of_link)
def theme_unlink(subject: Action) -> ResponseReturnValue:
    """End a link, keeping what it was and why it ended."""
    link = _link_in_address(db_session())
    if link.ended_on is not None and not request.form:
        return redirect(url_for("themes.theme_show", code=link.theme.code), 303)
    form = EndForm(version=link.version)
    if form.validate_on_submit():
        with saving(form) as session:
            commands.unlink_theme(
                session, link, why=answered(form.why.data), by=current_person(), version=form.version.number
            )
            title = f"Link ended: {subject.ref} and {link.theme.name}"
            return done(title, to="themes.theme_show", code=link.theme.code)
    return render_template("themes/theme_unlink.html", link=link, form=form), form.status


def _action_in_address(slug: str, ref: str) -> Action:
    action: Action = queries.action_to_link(db_session(), slug, ref, current_person()) or abort(404)
    g.about_action = action.id
    return action


def _linked(action: Action, theme: Theme) -> str:
    """Name the action in full: its number alone is not told apart from the same one of another plan."""
    return f"Linked: {action.ref} {action.title} ({action.plan.title}) to {theme.name}"


def _link(session: Session, theme: Theme, action: Action, form: _RelationForm) -> ThemeAction:
    return commands.link_theme(
        session,
        theme,
        action,
        relation=Relation(form.relation.data),
        why=answered(form.why.data),
        by=current_person(),
    )


def _link_in_address(session: Session) -> ThemeAction:
    return queries.link(session, int((request.view_args or {})["link_id"])) or abort(404)
