"""A multi-agency audit of the invented council, whose parts are half in, and a theme that is audited again."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from tracker.audits import commands, queries
from tracker.audits.commands import RoundFocus
from tracker.audits.commands.agencies import Part, Point
from tracker.audits.commands.theme_re_audits import ThemeReAuditPlan, plan_theme_re_audit
from tracker.audits.rules.programme import year_of
from tracker.audits.rules.vocabulary import Category, FindingKind, Grade, Mode, Selection
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.impact.commands import link_theme_re_audit
from tracker.impact.models import ThemeAction
from tracker.impact.queries import link

# The place of multi-agency audits among the mechanisms with which a programme begins.
_MULTI_AGENCY = 7
_BEGUN, _AUDITOR = "-12d", "auditor@demo.example"


def kinds_of_audit(council: Council) -> Iterator[Entry]:
    """Give the day on which agencies were asked, the days on which they gave their parts, and that of the re-audit."""
    yield Entry(council.offsets.day(_BEGUN), council.moderator, partial(_ask, council))
    for number, row in enumerate(table("agencies"), start=1):
        if row["day"]:
            by = council.people[_AUDITOR]
            yield Entry(council.offsets.day(row["day"]), by, partial(_give, council, number, row))
    for row in table("theme_re_audits"):
        yield Entry(council.offsets.day(row["day"]), council.moderator, partial(_audit_again, council, row))


def _ask(council: Council) -> None:
    session, by, today = council.session, council.moderator, clock.today()
    mechanism = council.mechanisms[year_of(today), _MULTI_AGENCY]
    made = commands.make_round(
        session,
        name=council.offsets.printed("Multi-agency audit of neglect, {month:0}"),
        starts_on=today,
        due_on=today + timedelta(days=40),
        selection=Selection.TARGETED,
        sample_target=5,
        focus=RoundFocus(mechanism_id=mechanism, mode=Mode.MULTI_AGENCY),
        by=by,
    )
    unit = council.units["North Family Team"]
    case = commands.add_case(session, code=None, category=Category.CHILD_PROTECTION, unit=unit, by=by)
    audit = commands.allocate_audit(session, made, case, auditor=council.people[_AUDITOR], by=by)
    council.audits["agencies"] = audit
    for row in table("agencies"):
        commands.ask_agency(session, audit, council.units[row["agency"]], by=by)


def _give(council: Council, number: int, row: Row) -> None:
    session, audit, by = council.session, council.audits["agencies"], council.people[_AUDITOR]
    version = queries.agencies_of(session, audit).parts[number - 1].version
    if row["why"]:
        why = row["why"]
        commands.mark_not_given(session, audit, number, why=why, names_confirmed=True, version=version, by=by)
        return
    themes = {theme.code: theme for theme in queries.themes(session)}
    points = [
        Point(kind, themes[row[f"{kind}_theme"]], row[kind.value]) for kind in FindingKind if row[f"{kind}_theme"]
    ]
    given = Part(row["given_by"], clock.today(), Grade(row["grade"]), points)
    commands.give_part(session, audit, number, given, names_confirmed=True, version=version, by=by)


def _audit_again(council: Council, row: Row) -> None:
    session, by = council.session, council.moderator
    theme = {one.code: one for one in queries.themes(session)}[row["theme"]]
    plan = ThemeReAuditPlan(
        council.offsets.day(row["in_place"]), council.offsets.day(row["due"]), int(row["files"]), row["why"]
    )
    planned = plan_theme_re_audit(session, theme, plan, names_confirmed=True, by=by)
    action = council.actions[row["action"]]
    found = select(ThemeAction.id).where(ThemeAction.theme_id == theme.id, ThemeAction.action_id == action.id)
    standing = link(session, session.scalars(found).one())
    if standing is None:
        raise LookupError(f"Action {row['action']} is not linked to {row['theme']}.")
    link_theme_re_audit(session, planned, standing, by=by)
