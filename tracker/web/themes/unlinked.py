"""What stands alone: themes that no action is meant to change, and actions that no theme is linked to."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.queries import theme_counts, themes_on
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.queries import UnlinkedAction, actions_of_themes, actions_without_theme, count_without_theme
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.paging import A_PAGE, page_of
from tracker.web.themes.blueprint import bp
from tracker.web.themes.rows import with_share
from tracker.web.themes.window import recent_months


@dataclass(frozen=True)
class ThemeAlone:
    """A theme without an action; `link_url` only for who may link."""

    name: str
    url: str
    files: str
    link_url: str | None


@dataclass(frozen=True)
class ActionAlone:
    """An action without a theme; `link_url` only for who may link."""

    ref: str
    title: str
    url: str
    plan: str
    code: str
    link_url: str | None


@bp.get("/unlinked")
@requires(Permission.THEME_READ)
def unlinked_index() -> ResponseReturnValue:
    """List both, the themes that auditors find most often first."""
    session, reader = db_session(), current_person()
    total = count_without_theme(session, reader=reader)
    page = page_of(total, lambda number: url_for("themes.unlinked_index", page=number))
    actions = actions_without_theme(session, day=clock.today(), reader=reader, limit=A_PAGE, offset=page.offset)
    themes = _themes()
    return render_template(
        "themes/unlinked_index.html",
        themes=themes,
        theme_words=counted(len(themes), "theme"),
        actions=[_action(action) for action in actions],
        action_words=counted(total, "action"),
        months=recent_months().words,
        page=page,
    )


def _themes() -> list[ThemeAlone]:
    window, session, today = recent_months(), db_session(), clock.today()
    counts = theme_counts(session, since=window.since, until=window.until)
    linked = actions_of_themes(session, day=today, reader=current_person())
    alone = [
        theme for theme in themes_on(session, today) if all(action.is_withdrawn for action in linked.get(theme.id, []))
    ]
    alone.sort(key=lambda theme: (-counts[theme.code].total.concerns, theme.position))
    may_link = allowed(Permission.THEME_LINK)
    return [
        ThemeAlone(
            name=theme.name,
            url=url_for("themes.theme_show", code=theme.code),
            files=with_share(counts[theme.code].total),
            link_url=url_for("themes.theme_link", code=theme.code) if may_link else None,
        )
        for theme in alone
    ]


def _action(action: UnlinkedAction) -> ActionAlone:
    return ActionAlone(
        ref=action.ref,
        title=action.title,
        url=url_for("plans.action_show", slug=action.plan_slug, ref=action.ref),
        plan=action.plan_title,
        code=action.effective,
        link_url=_link_url(action) if allowed(Permission.THEME_LINK) else None,
    )


def _link_url(action: UnlinkedAction) -> str:
    return url_for("themes.action_link", slug=action.plan_slug, ref=action.ref)
