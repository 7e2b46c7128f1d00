"""The list of themes: how often auditors find each, and which actions are meant to change it; no case is named."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.models import Theme
from tracker.audits.queries import theme_counts, themes_on
from tracker.audits.queries.reports import report_to_be
from tracker.audits.rules.vocabulary import ThemeGroup
from tracker.audits.rules.votes import ThemeCount
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.queries import LinkedAction, actions_of_themes
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.chips import Chip
from tracker.web.themes.blueprint import bp
from tracker.web.themes.rows import ThemeRow, theme_row
from tracker.web.themes.window import recent_months

_ORDERS = {"list": "As listed", "common": "Most common", "unlinked": "No action linked"}


@dataclass(frozen=True)
class Section:
    """Rows under a heading, or under none when the order mixes the groups."""

    heading: str
    rows: list[ThemeRow]


@dataclass(frozen=True)
class _Known:
    """What is known of a theme before it is put into words."""

    theme: Theme
    count: ThemeCount
    linked: list[LinkedAction]

    @property
    def is_linked(self) -> bool:
        return any(not action.is_withdrawn for action in self.linked)


@bp.get("/themes")
@requires(Permission.THEME_READ)
def theme_index() -> ResponseReturnValue:
    """List the themes with the counts of the last three months."""
    window = recent_months()
    group = next((group for group in ThemeGroup if group == request.args.get("group")), None)
    order = request.args.get("sort") if request.args.get("sort") in _ORDERS else "list"
    counts = theme_counts(db_session(), since=window.since, until=window.until)
    linked = actions_of_themes(db_session(), day=clock.today(), reader=current_person())
    known = [
        _Known(theme, counts[theme.code].total, linked.get(theme.id, []))
        for theme in themes_on(db_session(), clock.today(), since=window.since)
    ]
    may_read_reports = allowed(Permission.AUDIT_REPORT_READ, report_to_be(db_session()))
    without = sum(not each.is_linked for each in known)
    chosen = [each for each in known if group in {None, each.theme.group}]
    return render_template(
        "themes/theme_index.html",
        months=window.words,
        sections=_sections(chosen, order or "list"),
        orders=[Chip(label, _address(name, group), name == order) for name, label in _ORDERS.items()],
        groups=[
            Chip("All", _address(order, None), group is None),
            *(Chip(each.words, _address(order, each), each is group) for each in ThemeGroup),
        ],
        unlinked=f"{counted(without, 'theme has', 'themes have')} no action linked" if without else "",
        has_files=any(each.count.answered for each in known),
        reports_url=url_for("audits.report_index") if may_read_reports else None,
        settings_url=url_for("themes.theme_list") if allowed(Permission.THEME_EDIT) else None,
    )


def _sections(known: list[_Known], order: str) -> list[Section]:
    """Put the themes in order: as listed by group, or all together by what was asked for, then by how common."""
    if order == "list":
        by_group = {group: [each for each in known if each.theme.group is group] for group in ThemeGroup}
        return [Section(group.words, _rows(held)) for group, held in by_group.items() if held]
    known = sorted(known, key=lambda each: (-each.count.concerns, each.theme.position))
    if order == "unlinked":
        known = sorted(known, key=lambda each: each.is_linked)
    return [Section("", _rows(known))] if known else []


def _rows(known: list[_Known]) -> list[ThemeRow]:
    return [theme_row(each.theme, each.count, each.linked) for each in known]


def _address(order: str | None, group: ThemeGroup | None) -> str:
    return url_for("themes.theme_index", sort=None if order == "list" else order, group=group.value if group else None)
