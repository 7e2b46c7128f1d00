"""Changing the list of themes; which actions a theme is linked to is the loop's."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Theme
from tracker.audits.rules.themes import DEFAULT_THEMES
from tracker.audits.rules.vocabulary import ThemeGroup
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, slug
from tracker.people.models import Person

_NAME_LENGTH = 120
_MOST_SYNONYMS = 20


def add_default_themes(session: Session) -> int:
    """Add those of the default themes (domain A15) whose code is not there yet; return how many were added.

    Setting up runs it every time: what people edited since stays as it is.
    """
    known = set(session.scalars(select(Theme.code)))
    names = set(session.scalars(select(Theme.name)))
    added = 0
    for position, theme in enumerate(DEFAULT_THEMES, start=1):
        if theme.code in known or theme.name in names:
            continue
        session.add(
            Theme(
                code=theme.code,
                name=theme.name,
                group=theme.group,
                position=position,
                synonyms=list(theme.synonyms),
            )
        )
        added += 1
    session.flush()
    return added


def add_theme(session: Session, *, name: str, group: ThemeGroup, synonyms: tuple[str, ...] = (), by: Person) -> Theme:
    """Add a theme of the authority's own at the end of the list, its code made from its name.

    Raises `Invalid` on a name that is empty or too long and `Conflict` when a theme has it already.
    """
    name = _name(name)
    if session.scalar(select(Theme.id).where(func.lower(Theme.name) == name.lower())):
        raise Conflict("name", "There is a theme of this name already")
    code = slug(name)[:40].strip("-")
    if session.scalar(select(Theme.id).where(Theme.code == code)):
        raise Conflict("name", "There is a theme with nearly this name already")
    last = session.scalar(select(func.max(Theme.position))) or 0
    theme = Theme(
        code=code,
        name=name,
        group=group,
        position=last + 1,
        synonyms=_synonyms(synonyms),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(theme)
    session.flush()
    return theme


def change_theme(
    session: Session,
    theme: Theme,
    *,
    name: str,
    group: ThemeGroup,
    synonyms: tuple[str, ...],
    ends_on: date | None,
    version: int,
    by: Person,
) -> Theme:
    """Rename, regroup or end a theme; its code stays, so that files and older findings still mean the same.

    Raises `Conflict` when somebody changed it since, or when another theme has the name.
    """
    if theme.version != version:
        raise Conflict(None, "Somebody else changed this theme while you were writing")
    name = _name(name)
    same = select(Theme.id).where(func.lower(Theme.name) == name.lower(), Theme.id != theme.id)
    if session.scalar(same):
        raise Conflict("name", "There is a theme of this name already")
    theme.name = name
    theme.group = group
    theme.synonyms = _synonyms(synonyms)
    theme.ends_on = ends_on
    theme.changed_by = by.id
    session.flush()
    return theme


def _name(name: str) -> str:
    name = one_line(name)
    if not name:
        raise Invalid("name", "Enter the name of the theme")
    keep_to("name", name, what="The name", most=_NAME_LENGTH)
    return name


def _synonyms(synonyms: tuple[str, ...]) -> list[str]:
    kept = list(dict.fromkeys(word for text in synonyms if (word := one_line(text)[:_NAME_LENGTH])))
    return kept[:_MOST_SYNONYMS]
