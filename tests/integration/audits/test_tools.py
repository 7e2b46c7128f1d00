"""Versions of tools: what ships, what can be changed, and what audits keep (domain A2), on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_theme, a_tool, an_audit
from tests.support.builders.people import a_person
from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.further_tools import FURTHER_TOOLS
from tracker.audits.rules.tool import Tool, ToolState
from tracker.audits.rules.vocabulary import Category
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases


@pytest.fixture
def marcus(session: Session) -> Person:
    a_theme(session)
    return a_person(session, Role.MODERATOR, "Marcus Bell")


def stored(session: Session, number: int) -> AuditTool:
    return a_tool(session, number)


def bare(tool: Tool) -> Tool:
    """A tool without the ids of what is stored of it."""
    sections = [
        replace(one, id=0, equals_id=None, questions=tuple(replace(each, id=0) for each in one.questions))
        for one in tool.sections
    ]
    return replace(tool, id=0, sections=tuple(sections))


def test_the_default_tool_ships_once_with_the_version_before_it(session: Session, marcus: Person) -> None:
    assert [commands.add_default_tools(session) for _ in range(2)] == [2, 0]
    first, live = stored(session, 1), stored(session, 2)
    assert (first.state, first.asks_every_theme, first.retired_on) == (ToolState.RETIRED, True, clock.today())
    assert (live.state, live.asks_every_theme, live.follows_id) == (ToolState.LIVE, False, first.id)
    equal = {section.code: section.equals_id for section in live.sections if section.is_graded}
    assert equal == {section.code: section.id for section in first.sections if section.is_graded}
    assert queries.live_tool(session) is live
    found = queries.tools_by_id(session, [first.id, live.id])
    assert [bare(found[one.id]) for one in (first, live)] == [FIRST_TOOL, DEFAULT_TOOL]


def test_tools_for_observations_and_supervision_ship_once(session: Session, marcus: Person) -> None:
    assert [commands.add_further_tools(session) for _ in range(2)] == [2, 0]
    for tool in FURTHER_TOOLS:
        live = queries.live_tool(session, tool.slug)
        assert live is not None
        assert bare(queries.tools_by_id(session, [live.id])[live.id]) == tool


def test_a_tool_that_went_on_to_a_later_version_is_left_alone(session: Session, marcus: Person) -> None:
    commands.add_default_tools(session)
    third = commands.draft_tool(session, DEFAULT_TOOL, by=marcus)
    commands.make_tool_live(session, third, by=marcus)
    assert (third.number, third.follows_id) == (3, stored(session, 2).id)
    assert [one.state for one in queries.tool_versions(session, DEFAULT_TOOL.slug)] == ["live", "retired", "retired"]
    assert commands.add_default_tools(session) == 0


def test_only_a_draft_is_written_and_what_was_live_stays_frozen(session: Session, marcus: Person) -> None:
    commands.add_default_tools(session)
    for number in (1, 2):
        tool = stored(session, number)
        with pytest.raises(Conflict, match="can no longer be changed"):
            commands.write_tool(session, tool, FIRST_TOOL, version=tool.version, by=marcus)
        with pytest.raises(Conflict):
            commands.make_tool_live(session, tool, by=marcus)
    draft = commands.draft_tool(session, FIRST_TOOL, by=marcus)
    begun = draft.version
    commands.write_tool(session, draft, replace(DEFAULT_TOOL, name="Case audit"), version=begun, by=marcus)
    written = queries.tools_by_id(session, [draft.id])[draft.id]
    assert bare(written) == replace(DEFAULT_TOOL, name="Case audit", number=3)
    with pytest.raises(Conflict, match="Somebody else"):
        commands.write_tool(session, draft, FIRST_TOOL, version=begun, by=marcus)


def test_a_tool_that_could_not_be_used_is_not_kept(session: Session, marcus: Person) -> None:
    with pytest.raises(Invalid, match="Begin with the section"):
        commands.draft_tool(session, replace(DEFAULT_TOOL, sections=()), by=marcus)
    odd = replace(FIRST_TOOL.sections[1], theme="weather")
    sections = (FIRST_TOOL.sections[0], odd, *FIRST_TOOL.sections[2:])
    with pytest.raises(Invalid, match="themes from the list"):
        commands.draft_tool(session, replace(FIRST_TOOL, sections=sections), by=marcus)


def test_the_database_itself_keeps_one_version_live(session: Session, marcus: Person) -> None:
    commands.add_default_tools(session)
    session.add(
        AuditTool(
            slug=DEFAULT_TOOL.slug, name="Twin", number=9, state=ToolState.LIVE, live_on=clock.today(), sections=[]
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_version_may_have_been_in_use_before_it_came_here(session: Session, marcus: Person) -> None:
    commands.add_default_tools(session)
    first, live = stored(session, 1), stored(session, 2)
    month_ago = clock.today() - timedelta(days=30)
    with pytest.raises(Invalid, match="not before the version before"):
        commands.date_tool(session, live, live_on=month_ago, by=marcus)
    commands.date_tool(session, first, live_on=month_ago - timedelta(days=300), by=marcus)
    commands.date_tool(session, live, live_on=month_ago, by=marcus)
    assert (first.retired_on, live.live_on) == (month_ago, month_ago)
    with pytest.raises(Invalid):
        commands.date_tool(session, live, live_on=clock.today() + timedelta(days=1), by=marcus)
    with pytest.raises(Conflict):
        commands.date_tool(session, commands.draft_tool(session, FIRST_TOOL, by=marcus), live_on=month_ago, by=marcus)


def test_an_audit_keeps_the_version_it_was_given_out_with(session: Session, marcus: Person) -> None:
    older = an_audit(session, tool=stored(session, 1))
    newer = an_audit(session)
    assert (older.tool_id, newer.tool_id) == (stored(session, 1).id, stored(session, 2).id)
    assert [len(queries.asked_of(session, one).by_id) for one in (older, newer)] == [0, 23]
    assert newer.case.category is Category.CHILD_PROTECTION


def test_no_file_is_given_out_with_a_draft_or_without_a_tool(session: Session, marcus: Person) -> None:
    audit = an_audit(session)
    draft = commands.draft_tool(session, DEFAULT_TOOL, by=marcus)
    with pytest.raises(Conflict, match="No audit tool is in use"):
        commands.allocate_audit(session, audit.round, a_case(session), auditor=audit.auditor, tool=draft, by=marcus)
