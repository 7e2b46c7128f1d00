"""One theme: how often auditors find it, what was left out of the counts, and the actions meant to change it."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.models import Theme
from tracker.audits.queries import counted_theme, round_to_be
from tracker.audits.rules.votes import ThemeCount
from tracker.audits.rules.windows import Window
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.queries import actions_of_themes
from tracker.impact.rules import verdict_without_statistics
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.chips import Chip
from tracker.web.themes.blueprint import bp
from tracker.web.themes.chart import chart_of
from tracker.web.themes.heard import heard_on
from tracker.web.themes.rows import (
    FEWEST_FOR_SHARE,
    action_rows,
    left_out_words,
    share,
    verdict_sentence,
    with_share,
)
from tracker.web.themes.window import CHOICES, asked_window, theme_in_address

_FEWEST_MONTHS = 3


@dataclass(frozen=True)
class MonthRow:
    """A month in the table of numbers."""

    month: str
    concerns: str
    strengths: str
    answered: str
    due: str
    share: str


@dataclass(frozen=True)
class Fact:
    """A figure of the side column with its name."""

    label: str
    value: str


@bp.get("/themes/<code>")
@requires(Permission.THEME_READ)
def theme_show(code: str) -> ResponseReturnValue:
    """Show a theme to whoever may read counts; no case is named here."""
    theme = theme_in_address(code)
    window = asked_window()
    count = counted_theme(db_session(), theme, since=window.since, until=window.until)
    months = with_files(count.months)
    links = actions_of_themes(db_session(), day=clock.today(), reader=current_person(), theme_id=theme.id)
    linked = links.get(theme.id, [])
    working = [action for action in linked if not action.is_withdrawn]
    return render_template(
        "themes/theme_show.html",
        theme=theme,
        ended=f"No longer in use since {theme.ends_on:%-d %B %Y}." if _has_ended(theme) else "",
        verdict=verdict_without_statistics(len(working)).value,
        why=verdict_sentence(linked),
        period=window.words,
        finding=_finding(months, count.total, window),
        chart=chart_of(months, working) if count.total.answered else None,
        marks=bool(working),
        few=any(0 < each.answered < FEWEST_FOR_SHARE for each in months.values()),
        months=[_month(month, each) for month, each in reversed(months.items())],
        chips_of_months=[_chip(theme, choice, window) for choice in CHOICES],
        facts=_facts(count.total),
        left_out=left_out_words(count.total),
        actions=action_rows(linked),
        heard=heard_on(db_session(), theme, reader=current_person()),
        hidden=_hidden(sum(not action.is_readable for action in linked)),
        **_addresses(theme, window),
    )


def with_files(months: dict[date, ThemeCount]) -> dict[date, ThemeCount]:
    """Return the months from the first that has files, at least the last three; those within keep their gaps."""
    names = list(months)
    first = next((place for place, name in enumerate(names) if months[name].answered), len(names))
    return {name: months[name] for name in names[min(first, len(names) - _FEWEST_MONTHS) :]}


def _has_ended(theme: Theme) -> bool:
    return theme.ends_on is not None and theme.ends_on < clock.today()


def _finding(months: dict[date, ThemeCount], total: ThemeCount, window: Window) -> str:
    """Say in words what the chart shows (ux 13.4)."""
    latest = next((name for name in reversed(months) if months[name].answered), None)
    if latest is None:
        return ""
    return (
        f"In {latest:%B %Y} auditors had a concern about this in {with_share(months[latest])}. "
        f"From {window.words} it was {with_share(total)}, and a strength in {counted(total.strengths, 'file')}."
    )


def _month(month: date, count: ThemeCount) -> MonthRow:
    return MonthRow(
        month=f"{month:%b %Y}",
        concerns=count.in_files,
        strengths=str(count.strengths),
        answered=str(count.answered),
        due=str(count.due),
        share=share(count) or ("Too few" if count.answered else "None"),
    )


def _facts(total: ThemeCount) -> list[Fact]:
    return [
        Fact("Files due", str(total.due)),
        Fact("Asked about this", str(total.asked)),
        Fact("Answered", str(total.answered)),
        Fact("A concern", str(total.concerns)),
        Fact("A strength", str(total.strengths)),
        Fact("Neither", str(total.met)),
    ]


def _hidden(count: int) -> str:
    return f"{counted(count, 'more action')} of a plan that you cannot open." if count else ""


def _chip(theme: Theme, months: int, window: Window) -> Chip:
    url = url_for("themes.theme_show", code=theme.code, months=months)
    return Chip(f"{months} months", url, months == window.months)


def _addresses(theme: Theme, window: Window) -> dict[str, str | None]:
    """Return where the page leads, each address only for who may go there."""
    may_link = allowed(Permission.THEME_LINK) and not _has_ended(theme)
    over_months = url_for("themes.theme_words", code=theme.code, months=window.months)
    as_file = url_for("themes.theme_numbers", code=theme.code, months=window.months)
    may_plan = allowed(Permission.ROUND_MANAGE, round_to_be(db_session())) and not _has_ended(theme)
    return {
        "re_audit_url": url_for("audits.theme_re_audit_plan", code=theme.code) if may_plan else None,
        "link_url": url_for("themes.theme_link", code=theme.code) if may_link else None,
        "words_url": over_months if allowed(Permission.FINDING_READ) else None,
        "csv_url": as_file if allowed(Permission.THEME_EXPORT) else None,
    }
