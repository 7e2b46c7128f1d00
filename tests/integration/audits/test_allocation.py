"""Rounds, case references and who is given which file; concerns and who may take note of them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.audits import a_case, a_concern, a_round, an_audit, loaded
from tests.support.builders.people import a_person, a_unit
from tracker.audits import commands, queries
from tracker.audits.rules.vocabulary import AuditState, Category, Selection, ThemeGroup
from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def marcus(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Marcus Bell")


@pytest.fixture
def ruth(session: Session) -> Person:
    return a_person(session, Role.AUDITOR, "Ruth Osei")


def make(session: Session, by: Person, **changed: Any) -> str:
    facts: dict[str, Any] = {
        "name": "Spring round",
        "starts_on": clock.today(),
        "due_on": clock.today() + timedelta(days=20),
        "selection": Selection.RANDOM,
        "sample_target": 20,
    }
    return commands.make_round(session, **{**facts, **changed}, by=by).slug


def test_a_round_has_an_address_made_from_its_name(session: Session, marcus: Person) -> None:
    assert make(session, marcus, name="  Audits,  November 2026 ") == "audits-november-2026"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"due_on": clock.today() - timedelta(days=999)}, "due_on"),
        ({"sample_target": 0}, "sample_target"),
        ({"sample_target": 1001}, "sample_target"),
    ],
)
def test_a_round_keeps_to_its_limits(session: Session, marcus: Person, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(session, marcus, **changed)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["spring ROUND", "Spring, round!", "New"])
def test_two_rounds_do_not_share_a_name_or_an_address(session: Session, marcus: Person, name: str) -> None:
    make(session, marcus)
    with pytest.raises(Conflict):
        make(session, marcus, name=name)


def test_a_case_gets_a_random_code_or_the_one_given(session: Session, marcus: Person) -> None:
    team = a_unit(session)
    random = commands.add_case(session, code=None, category=Category.CONTACT, unit=team, by=marcus)
    given = commands.add_case(session, code=" cp-104 ", category=Category.CONTACT, unit=team, by=marcus)
    assert random.code.startswith("A-")
    assert given.code == "CP-104"
    with pytest.raises(Conflict):
        commands.add_case(session, code="CP-104", category=Category.CONTACT, unit=team, by=marcus)
    with pytest.raises(Invalid):
        commands.add_case(session, code="Emma 14/03/2011", category=Category.CONTACT, unit=team, by=marcus)


def test_a_file_is_given_to_an_auditor_and_is_due_with_the_round(
    session: Session, marcus: Person, ruth: Person
) -> None:
    audit_round, case = a_round(session, by=marcus), a_case(session, by=marcus)
    audit = commands.allocate_audit(session, audit_round, case, auditor=ruth, by=marcus)
    assert (audit.state, audit.due_on) == (AuditState.ALLOCATED, audit_round.due_on)
    assert case.code not in audit.public_id
    with pytest.raises(Conflict):
        commands.allocate_audit(session, audit_round, case, auditor=ruth, by=marcus)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_a_file_is_given_to_nobody_but_an_auditor(session: Session, marcus: Person, role: Role) -> None:
    audit_round, case = a_round(session, by=marcus), a_case(session, by=marcus)
    with pytest.raises(Invalid):
        commands.allocate_audit(session, audit_round, case, auditor=a_person(session, role, "Someone Else"), by=marcus)


def test_a_file_is_not_given_to_an_auditor_who_has_left(session: Session, marcus: Person) -> None:
    yesterday = clock.today() - timedelta(days=1)
    left = a_person(session, Role.AUDITOR, "Has Left", is_active=False)
    ended = a_person(session, Role.AUDITOR, "Has Ended", scope={"ends_on": yesterday})
    audit_round, case = a_round(session, by=marcus), a_case(session, by=marcus)
    for person in (left, ended):
        with pytest.raises(Invalid):
            commands.allocate_audit(session, audit_round, case, auditor=person, by=marcus)
    assert queries.auditors(session) == []


def test_a_round_counts_how_far_it_is(session: Session, marcus: Person, ruth: Person) -> None:
    for _ in range(2):
        an_audit(session, auditor=ruth)
    an_audit(session, auditor=ruth, due="-1d")
    void = loaded(session, an_audit(session, auditor=ruth))
    commands.void_audit(session, void, reason="The wrong file was read", version=void.version, by=marcus)
    (row,) = queries.rounds(session, reader=marcus)
    assert (row.allocated, row.sent, row.drafts, row.late, row.void) == (3, 0, 0, 1, 1)


def test_a_round_without_files_counts_nothing(session: Session, marcus: Person) -> None:
    a_round(session, by=marcus)
    (row,) = queries.rounds(session, reader=marcus)
    assert (row.allocated, row.sent, row.drafts, row.late, row.void) == (0, 0, 0, 0, 0)


def test_a_concern_stays_open_until_somebody_else_takes_note_and_it_is_acted_on(
    session: Session, marcus: Person, ruth: Person
) -> None:
    concern = a_concern(session, an_audit(session, auditor=ruth), by=ruth)
    assert queries.open_concern_count(session, reader=marcus) == 1
    with pytest.raises(Forbidden):
        commands.acknowledge_concern(session, concern, note="Seen today", version=1, by=ruth)
    with pytest.raises(Invalid):
        commands.acknowledge_concern(session, concern, note=" ", version=1, by=marcus)
    commands.acknowledge_concern(session, concern, note="Seen today", version=1, by=marcus)
    assert queries.open_concern_count(session, reader=marcus) == 1
    commands.act_on_concern(session, concern, note="The team manager saw the child", version=concern.version, by=marcus)
    assert queries.open_concern_count(session, reader=marcus) == 0
    with pytest.raises(Conflict):
        commands.acknowledge_concern(session, concern, note="Again", version=concern.version, by=marcus)


def test_open_concerns_come_first(session: Session, marcus: Person, ruth: Person) -> None:
    first, second, third = (a_concern(session, an_audit(session, auditor=ruth), by=ruth) for _ in range(3))
    commands.acknowledge_concern(session, third, note="Seen today", version=1, by=marcus)
    assert [concern.id for concern in queries.concern_page(session, reader=marcus)] == [second.id, first.id, third.id]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"told_to": ""}, "told_to"),
        ({"told_to": "x" * 161}, "told_to"),
        ({"what": " "}, "what"),
        ({"what": "x" * 1501}, "what"),
        ({"told_at": A_THURSDAY + timedelta(minutes=1)}, "told_at"),
    ],
)
def test_a_concern_says_who_was_told_what_and_when(
    session: Session, ruth: Person, facts: dict[str, Any], field: str
) -> None:
    audit = an_audit(session, auditor=ruth)
    with pytest.raises(Invalid) as refused:
        a_concern(session, audit, by=ruth, **facts)
    assert refused.value.field == field


def test_pressing_twice_raises_one_concern(session: Session, ruth: Person) -> None:
    audit = an_audit(session, auditor=ruth)
    raised = [
        commands.raise_concern(
            session, audit, told_to="Manager", told_at=clock.now(), what="x", form_token="A" * 16, by=ruth
        )
        for _ in range(2)
    ]
    assert raised[0] is raised[1]


def test_the_default_themes_are_added_once_and_edits_stay(session: Session, marcus: Person) -> None:
    assert commands.add_default_themes(session) == 23
    voice = queries.theme_by_code(session, "voice")
    assert voice is not None
    commands.change_theme(
        session,
        voice,
        name="Child's voice",
        group=ThemeGroup.PRACTICE,
        synonyms=("wishes", " ", "wishes"),
        ends_on=None,
        version=voice.version,
        by=marcus,
    )
    assert commands.add_default_themes(session) == 0
    assert (voice.name, voice.synonyms) == ("Child's voice", ["wishes"])


def test_a_theme_of_ones_own_comes_last_and_takes_no_name_twice(session: Session, marcus: Person) -> None:
    commands.add_default_themes(session)
    commands.add_theme(session, name="Life story work", group=ThemeGroup.PRACTICE, by=marcus)
    assert queries.themes(session)[-1].code == "life-story-work"
    for name in ("life story WORK", "Life-story work!", "Supervision", ""):
        with pytest.raises((Conflict, Invalid)):
            commands.add_theme(session, name=name, group=ThemeGroup.PRACTICE, by=marcus)
    ended = queries.themes(session)[0]
    commands.change_theme(
        session,
        ended,
        name=ended.name,
        group=ended.group,
        synonyms=(),
        ends_on=clock.today() - timedelta(days=1),
        version=ended.version,
        by=marcus,
    )
    assert ended not in queries.themes_on(session, clock.today())
    assert ended in queries.themes_on(session, clock.today(), since=clock.today() - timedelta(days=2))
