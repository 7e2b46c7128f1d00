"""The list of themes as its moderator keeps it: adding, renaming, other words for a theme, and ending it."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField, TextAreaField

from tracker.audits import commands, queries
from tracker.audits.models import Theme
from tracker.audits.rules.vocabulary import ThemeGroup
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, NotBlank, VersionField, answered, choices_of, one_of
from tracker.web.saving import done, saving
from tracker.web.themes.blueprint import bp
from tracker.web.themes.window import theme_in_address

_NAME_LENGTH = 120
_SYNONYMS_LENGTH = 2000


@dataclass(frozen=True)
class ListedTheme:
    """A theme in the list."""

    name: str
    group: str
    synonyms: str
    period: str
    url: str


class ThemeForm(Form):
    """What a theme is called and where it stands."""

    name = StringField("Name of the theme", [NotBlank("Enter the name of the theme"), AtMost(_NAME_LENGTH, "The name")])
    group = SelectField(
        "Group",
        [one_of(*ThemeGroup, message="Choose a group from the list")],
        choices=choices_of(ThemeGroup),
        validate_choice=False,
    )
    synonyms = TextAreaField("Other words for it, one a line", [AtMost(_SYNONYMS_LENGTH, "The other words")])

    @property
    def other_words(self) -> tuple[str, ...]:
        """The lines that were typed, without the empty ones."""
        return tuple(line.strip() for line in (self.synonyms.data or "").splitlines() if line.strip())


class ChangeForm(ThemeForm):
    """What may change of a theme; its code stays."""

    version = VersionField()
    ends_on = DayField("Last day")


@bp.route("/settings/themes", methods=["GET", "POST"])
@requires(Permission.THEME_EDIT)
def theme_list() -> ResponseReturnValue:
    """List all themes, ended ones included, and add one."""
    form = ThemeForm()
    if form.validate_on_submit():
        with saving(form) as session:
            theme = commands.add_theme(
                session,
                name=answered(form.name.data),
                group=ThemeGroup(form.group.data),
                synonyms=form.other_words,
                by=current_person(),
            )
            return done(f"Theme added: {theme.name}", to="themes.theme_list")
    rows = [_listed(theme) for theme in queries.themes(db_session())]
    return render_template("themes/theme_list.html", themes=rows, form=form), form.status


@bp.route("/settings/themes/<code>", methods=["GET", "POST"])
@requires(Permission.THEME_EDIT)
def theme_change(code: str) -> ResponseReturnValue:
    """Rename, regroup or end a theme."""
    theme = theme_in_address(code)
    form = ChangeForm(
        data={
            "version": theme.version,
            "name": theme.name,
            "group": theme.group.value,
            "synonyms": "\n".join(theme.synonyms),
            "ends_on": theme.ends_on,
        }
    )
    if form.validate_on_submit():
        with saving(form) as session:
            commands.change_theme(
                session,
                theme,
                name=answered(form.name.data),
                group=ThemeGroup(form.group.data),
                synonyms=form.other_words,
                ends_on=form.ends_on.day,
                version=form.version.number,
                by=current_person(),
            )
            return done(f"Theme saved: {theme.name}", to="themes.theme_list")
    stored = theme_in_address(code)
    if form.is_stale:
        form.version.data = str(stored.version)
    return render_template("themes/theme_change.html", stored=_listed(stored), form=form), form.status


def _listed(theme: Theme) -> ListedTheme:
    return ListedTheme(
        name=theme.name,
        group=theme.group.words,
        synonyms=", ".join(theme.synonyms),
        period=f"until {theme.ends_on:%-d %b %Y}" if theme.ends_on else "",
        url=url_for("themes.theme_change", code=theme.code),
    )
