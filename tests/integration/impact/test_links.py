"""Linking themes to actions and ending a link: who may, what is refused, and what stays (domain A2, Link)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.commands import change_theme
from tracker.audits.models import Theme
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.impact import commands, queries
from tracker.impact.models import ThemeAction
from tracker.impact.rules import Relation, Verdict
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.signoffs import confirm_complete, withdraw_action
from tracker.plans.commands.steps import finish_milestone
from tracker.plans.models import Action, Milestone, Plan
from tracker.plans.rules.states import PlanStatus

pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(session: Session) -> Person:
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session)


@pytest.fixture
def action(session: Session, plan: Plan) -> Action:
    return an_action(session, plan, ref="15.1", title="Agree a standard")


@pytest.fixture
def theme(session: Session) -> Theme:
    return a_theme(session)


def link(session: Session, theme: Theme, action: Action, by: Person, **facts: Any) -> ThemeAction:
    return commands.link_theme(
        session, theme, action, **{"relation": Relation.ADDRESSES, "why": "It teaches weighing", "by": by, **facts}
    )


def test_a_link_keeps_who_when_and_why(session: Session, theme: Theme, action: Action, office: Person) -> None:
    made = link(session, theme, action, office)
    session.expire_all()
    stored = queries.link(session, made.id)
    assert stored is not None
    assert (stored.theme.code, stored.action.ref, stored.set_by.name) == ("assessment", "15.1", "Grace Adeyemi")
    assert (stored.why, stored.set_on, stored.created_by) == ("It teaches weighing", date(2026, 11, 26), office.id)


def test_only_the_office_and_moderators_link_and_unlink(session: Session, theme: Theme, action: Action) -> None:
    standing = a_link(session, a_theme(session, "voice"), action)
    allowed = set()
    for role in Role:
        person = a_person(session, role, f"Reader {role}")
        try:
            made = link(session, theme, action, person)
        except Forbidden:
            with pytest.raises(Forbidden):
                commands.unlink_theme(session, standing, why="Over", by=person, version=standing.version)
        else:
            commands.unlink_theme(session, made, why="Over", by=person, version=made.version)
            allowed.add(role)
    assert allowed == {Role.OFFICE, Role.MODERATOR}


def test_an_office_of_one_plan_links_no_other_plans_actions(
    session: Session, theme: Theme, action: Action, plan: Plan
) -> None:
    other = a_person(session, Role.OFFICE, "Tom", scope={"plan_id": a_plan(session, title="Other plan").id})
    own = a_person(session, Role.OFFICE, "Ann", scope={"plan_id": plan.id})
    with pytest.raises(Forbidden):
        link(session, theme, action, other)
    assert queries.action_to_link(session, plan.slug, "15.1", other) is None
    assert queries.action_to_link(session, plan.slug, "15.1", own) == action
    assert [found.id for found in queries.plans_to_link(session, own)] == [plan.id]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"why": ""}, "why"),
        ({"why": "x" * 501}, "why"),
        ({"on": date(2026, 11, 27)}, "set_on"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(
    session: Session, theme: Theme, action: Action, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as problem:
        link(session, theme, action, a_person(session, Role.OFFICE), **facts)
    assert problem.value.field == field


def test_an_ended_theme_and_a_withdrawn_action_take_no_link(
    session: Session, plan: Plan, theme: Theme, action: Action, office: Person
) -> None:
    gone = an_action(session, plan, ref="9.9")
    withdraw_action(session, gone, reason="Done elsewhere", by=office)
    with pytest.raises(Invalid, match=r"9\.9 is withdrawn"):
        link(session, theme, gone, office)
    yesterday = date(2026, 11, 25)
    change_theme(
        session,
        theme,
        name=theme.name,
        group=theme.group,
        synonyms=(),
        ends_on=yesterday,
        version=theme.version,
        by=office,
    )
    with pytest.raises(Invalid, match="not in use"):
        link(session, theme, action, office)
    assert link(session, theme, action, office, on=yesterday).set_on == yesterday


def test_a_second_open_link_is_a_conflict_and_an_ended_one_may_be_made_anew(
    session: Session, theme: Theme, action: Action, office: Person
) -> None:
    first = link(session, theme, action, office)
    with pytest.raises(Conflict):
        link(session, theme, action, office)
    commands.unlink_theme(session, first, why="It was about another theme", by=office, version=1)
    second = link(session, theme, action, office)
    kept = session.scalars(select(ThemeAction).order_by(ThemeAction.id)).all()
    assert [(one.id, one.ended_why) for one in kept] == [(first.id, "It was about another theme"), (second.id, "")]


def test_the_database_itself_refuses_a_second_open_link(
    session: Session, theme: Theme, action: Action, office: Person
) -> None:
    first = link(session, theme, action, office)
    values = {"relation": Relation.MONITORS, "why": "Twice", "set_on": first.set_on, "set_by_id": office.id}
    session.add(ThemeAction(theme_id=theme.id, action_id=action.id, **values))
    with pytest.raises(IntegrityError):
        session.flush()


def test_ending_needs_a_reason_and_the_version_that_was_seen(
    session: Session, theme: Theme, action: Action, office: Person
) -> None:
    made = link(session, theme, action, office)
    with pytest.raises(Invalid):
        commands.unlink_theme(session, made, why="", by=office, version=1)
    with pytest.raises(Conflict):
        commands.unlink_theme(session, made, why="Over", by=office, version=2)
    commands.unlink_theme(session, made, why="Over", by=office, version=1)
    with pytest.raises(Conflict):
        commands.unlink_theme(session, made, why="Again", by=office, version=made.version)
    assert (made.ended_why, made.ended_by_id) == ("Over", office.id)


def test_a_theme_knows_its_actions_and_an_action_its_themes(
    session: Session, plan: Plan, theme: Theme, action: Action, office: Person
) -> None:
    red = an_action(session, plan, ref="2.1", due="-40d", lead="Joanne Pike")
    link(session, theme, red, office, relation=Relation.MONITORS, on=date(2026, 11, 1))
    link(session, theme, action, office)
    ended = link(session, a_theme(session, "voice"), action, office)
    commands.unlink_theme(session, ended, why="Over", by=office, version=1)
    linked = queries.actions_of_themes(session, day=date(2026, 11, 26), reader=office)
    assert list(linked) == [theme.id]
    assert [(one.ref, one.effective, one.lead, one.relation) for one in linked[theme.id]] == [
        ("15.1", "G", "Priya Nair", Relation.ADDRESSES),
        ("2.1", "R", "Joanne Pike", Relation.MONITORS),
    ]
    themes = queries.themes_of_actions(session, [action.id, red.id])
    assert {key: [one.code for one in held] for key, held in themes.items()} == {
        action.id: ["assessment"],
        red.id: ["assessment"],
    }
    assert queries.verdicts(session, [action.id]) == {action.id: Verdict.TOO_EARLY}
    assert set(queries.verdicts_of_plan(session, plan)) == {action.id, red.id}


def test_an_unlinked_action_is_not_measured_and_stands_in_the_list(
    session: Session, plan: Plan, theme: Theme, action: Action, office: Person
) -> None:
    lonely = an_action(session, plan, ref="4.2")
    gone = an_action(session, plan, ref="4.3")
    withdraw_action(session, gone, reason="Done elsewhere", by=office)
    an_action(session, a_plan(session, title="Draft", approved_on=None), ref="1.1")
    an_action(session, a_plan(session, title="Old", status=PlanStatus.CLOSED), ref="1.1")
    link(session, theme, action, office)
    listed = queries.actions_without_theme(session, day=date(2026, 11, 26), reader=office)
    assert [one.ref for one in listed] == ["4.2"]
    assert queries.count_without_theme(session, reader=office) == 1
    assert queries.verdicts(session, [lonely.id]) == {lonely.id: Verdict.NOT_MEASURED}


def test_a_reader_of_one_plan_is_told_that_there_is_a_link_and_not_to_what(
    session: Session, plan: Plan, theme: Theme, action: Action, office: Person
) -> None:
    other = a_plan(session, title="Other plan")
    an_action(session, other, ref="1.1")
    link(session, theme, action, office)
    reader = a_person(session, Role.LEAD, "Lena", scope={"plan_id": other.id})
    found = queries.actions_of_themes(session, day=date(2026, 11, 26), reader=reader)[theme.id]
    assert [one.is_readable for one in found] == [False]
    assert [one.plan_slug for one in queries.actions_without_theme(session, day=date(2026, 11, 26), reader=reader)] == [
        other.slug
    ]


def test_a_complete_action_says_when_it_was_done(session: Session, plan: Plan, theme: Theme, office: Person) -> None:
    lead = a_person(session, Role.LEAD, "Joanne Pike")
    done = an_action(session, plan, ref="3.1", lead=lead)
    link(session, theme, done, office)
    assert _done_on(session, theme, office) == [("G", None)]
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == done.id)).one()
    finish_milestone(session, milestone, on=date(2026, 10, 27), by=lead)
    an_update(session, done, by=lead, declared="C")
    confirm_complete(session, done, reason="The standard was seen in use", by=office)
    assert _done_on(session, theme, office) == [("C", date(2026, 10, 27))]


def _done_on(session: Session, theme: Theme, reader: Person) -> list[tuple[str, date | None]]:
    found = queries.actions_of_themes(session, day=date(2026, 11, 26), reader=reader, theme_id=theme.id)
    return [(one.effective, one.done_on) for one in found[theme.id]]


def test_reading_links_asks_once_however_many_there_are(
    session: Session, plan: Plan, theme: Theme, office: Person, database: House
) -> None:
    asked = []
    for more in (1, 8):
        for _ in range(more):
            link(session, theme, an_action(session, plan), office)
        with queries_of(database.engine) as statements:
            queries.actions_of_themes(session, day=date(2026, 11, 26), reader=office)
        asked.append(len(statements))
    assert asked == [1, 1]
