"""What auditors wrote on a theme, for moderators and each auditor's own; opening it is written down first."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.queries import FindingRow, count_of_findings, findings_of_theme
from tracker.audits.rules.vocabulary import FindingKind
from tracker.extensions import db_session
from tracker.people.policy import Permission, roles_of
from tracker.people.rules import Role
from tracker.web.access import current_person, requires
from tracker.web.opening import note_opening
from tracker.web.paging import page_of
from tracker.web.themes.blueprint import bp
from tracker.web.themes.window import asked_window, theme_in_address

_A_PAGE = 50
_KINDS = {FindingKind.DEVELOPMENT: "Needs work", FindingKind.STRENGTH: "Strength"}


@dataclass(frozen=True)
class Quote:
    """One finding's words, with the file that they are about."""

    kind: str
    words: str
    about: str
    code: str
    url: str


@bp.get("/themes/<code>/words")
@requires(Permission.FINDING_READ)
def theme_words(code: str) -> ResponseReturnValue:
    """Show the words of findings, latest first."""
    theme = theme_in_address(code)
    window, session, person = asked_window(), db_session(), current_person()
    total = count_of_findings(session, theme, person=person, since=window.since, until=window.until)
    page = page_of(
        total,
        lambda number: url_for("themes.theme_words", code=theme.code, months=window.months, page=number),
        size=_A_PAGE,
    )
    note_opening(theme, page=page.number)
    found = findings_of_theme(
        session,
        theme,
        person=person,
        since=window.since,
        until=window.until,
        limit=_A_PAGE,
        offset=page.offset,
    )
    return render_template(
        "themes/theme_words.html",
        theme=theme,
        quotes=[_quote(finding) for finding in found],
        period=window.words,
        is_all=Role.MODERATOR in roles_of(person),
        page=page,
    )


def _quote(finding: FindingRow) -> Quote:
    return Quote(
        kind=_KINDS[finding.kind],
        words=finding.text,
        about=f"{finding.category.words}, {finding.audited_on:%-d %b %Y}",
        code=finding.case_code,
        url=url_for("audits.audit_show", public_id=finding.audit_public_id),
    )
