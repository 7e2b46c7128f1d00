"""Who may do what (domain A9), pinned as one table, and the two faces of the policy: `may` and `visible` agree."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.support.builders.people import a_person, a_unit
from tests.support.builders.plans import a_plan, an_action, an_area
from tracker.audits.models import Audit, AuditRound, CaseReference
from tracker.audits.rules.vocabulary import Category, Selection
from tracker.people.models import LeadParty, LeadPartyMember, Person, RoleGrant
from tracker.people.policy import POLICY, SENTENCES, Permission, may, visible
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Action, ActionLead, Plan

# y: any; o: only one's own; n: any but one's own; -: none.
TABLE = """
                       admin  office  lead  auditor  moderator  assurance  viewer
plan:read              -      y       y     y        y          y          y
plan:import            -      y       -     -        -          -          -
plan:edit              -      y       -     -        -          -          -
plan:export            -      y       o     -        y          -          -
lead:name              -      y       y     y        y          y          -
action:update          -      y       o     -        -          -          -
action:mine            -      -       y     -        -          -          -
action:confirm         -      n       -     -        -          -          -
action:embed           -      -       -     -        -          n          -
date:approve           -      n       -     -        -          -          -
audit:mine             -      -       -     y        -          -          -
audit:read             -      -       -     o        y          -          -
audit:write            -      -       -     o        y          -          -
round:manage           -      -       -     -        y          -          -
concern:raise          -      -       -     o        y          -          -
concern:acknowledge    -      -       -     -        y          -          -
finding:read           -      -       -     o        y          -          -
theme:read             -      y       y     y        y          y          -
theme:edit             -      -       -     -        y          -          -
theme:link             -      y       -     -        y          -          -
theme:export           -      y       -     -        y          -          -
person:manage          y      -       -     -        -          -          -
unit:manage            y      -       -     -        -          -          -
body:manage            y      y       -     -        -          -          -
party:manage           y      y       -     -        -          -          -
organisation:manage    y      -       -     -        -          -          -
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(Role(role), Permission(name), cell) for name, *cells in LINES for role, cell in zip(HEAD, cells, strict=True)]
ABOUT_AUDITS = {permission for permission in Permission if permission.value.split(":")[0] in {"audit", "finding"}} | {
    Permission.CONCERN_RAISE
}
_codes = count(1)


@dataclass
class World:
    """Two plans with two actions each and an audit, half of them the person's own."""

    person: Person
    unit_id: int
    actions: list[Action]
    audits: list[Audit]


def an_audit(session: Session, auditor: Person, unit_id: int) -> Audit:
    number = next(_codes)
    cycle = AuditRound(
        slug=f"r{number}",
        name=f"Round {number}",
        starts_on=date(2026, 11, 1),
        due_on=date(2026, 11, 30),
        selection=Selection.RANDOM,
        sample_target=20,
    )
    case = CaseReference(code=f"K{number}", category=next(iter(Category)), unit_id=unit_id)
    audit = Audit(public_id=f"p{number}", round=cycle, case=case, auditor=auditor, due_on=date(2026, 11, 30))
    session.add_all([cycle, case, audit])
    session.flush()
    return audit


@pytest.fixture
def world(session: Session) -> World:
    person, other = a_person(session, None, "Priya Nair"), a_person(session, None, "Grace Adeyemi")
    unit = a_unit(session)
    for plan in (a_plan(session, title="First"), a_plan(session, title="Second")):
        area = an_area(session, plan)
        an_action(session, plan, area=area, lead=person)
        an_action(session, plan, area=area, lead=other)
    an_action(session, plan, area=area, lead=a_former_lead(session, person))
    an_audit(session, person, unit.id)
    an_audit(session, other, unit.id)
    session.commit()
    session.expire_all()
    leads = selectinload(Action.leads).joinedload(ActionLead.party).selectinload(LeadParty.members)
    actions = list(session.scalars(select(Action).options(leads).order_by(Action.id)))
    return World(person, unit.id, actions, list(session.scalars(select(Audit).order_by(Audit.id))))


def a_former_lead(session: Session, person: Person) -> LeadParty:
    party = LeadParty(name="Former lead", kind=PartyKind.POST)
    session.add(party)
    session.flush()
    session.add(LeadPartyMember(party_id=party.id, person_id=person.id, ends_on=date(2026, 11, 25)))
    session.flush()
    return party


def somebody(world: World, *grants: RoleGrant) -> Person:
    """Return the person with these grants, not stored: the policy looks at no table of its own."""
    return Person(id=world.person.id, is_active=True, grants=list(grants))


def test_the_table_names_every_permission_and_every_role() -> None:
    assert [name for name, *_ in LINES] == [permission.value for permission in Permission]
    assert [Role(role) for role in HEAD] == list(Role)
    assert set(SENTENCES) == set(POLICY) == set(Permission)


def test_each_role_may_do_what_the_table_says_and_no_more(world: World) -> None:
    wrong = []
    for role, permission, cell in CELLS:
        person = somebody(world, RoleGrant(role=role, starts_on=date(2026, 1, 1)))
        own, others = (world.audits if permission in ABOUT_AUDITS else world.actions)[:2]
        found = (may(person, permission, own), may(person, permission, others), may(person, permission))
        expected = (cell in "yo", cell in "yn", cell != "-")
        if found != expected:
            wrong.append(f"{role.value} {permission.value}: own, others', at all {found}, not {expected}")
    assert wrong == []


def test_nobody_the_deactivated_and_the_roleless_may_nothing(world: World) -> None:
    grants = [RoleGrant(role=role, starts_on=date(2026, 1, 1)) for role in Role]
    inactive = Person(id=world.person.id, is_active=False, grants=grants)
    for person in (None, inactive, somebody(world)):
        assert [each for each in Permission if may(person, each) or may(person, each, world.actions[0])] == []


def test_a_grant_holds_on_its_days_only(world: World, today: date) -> None:
    day = timedelta(days=1)
    cases = [(today, None, True), (today, today, True), (today + day, None, False), (today - day, today - day, False)]
    for starts, ends, holds in cases:
        person = somebody(world, RoleGrant(role=Role.OFFICE, starts_on=starts, ends_on=ends))
        assert may(person, Permission.PLAN_READ, world.actions[0]) == holds


def test_a_role_for_one_plan_opens_no_other(world: World) -> None:
    mine, _, theirs = world.actions[:3]
    person = somebody(world, RoleGrant(role=Role.VIEWER, plan_id=mine.plan_id, starts_on=date(2026, 1, 1)))
    assert may(person, Permission.PLAN_READ, mine)
    assert not may(person, Permission.PLAN_READ, theirs)


PAIRS: list[tuple[Permission, type[Action | Audit | Plan]]] = [
    (permission, Audit if permission in ABOUT_AUDITS else Action) for permission in Permission
]
PAIRS += [(Permission.PLAN_READ, Plan), (Permission.LEAD_NAMES, Plan), (Permission.PLAN_EDIT, Plan)]
GRANTS = st.lists(
    st.tuples(
        st.sampled_from(Role),
        st.sampled_from(["everywhere", "plan", "area", "unit", "plan and area"]),
        st.integers(0, 4),
        st.sampled_from([-1, 0, 1]),
        st.sampled_from([None, -1, 0, 1]),
    ),
    max_size=4,
)


@pytest.mark.both_databases
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=GRANTS)
def test_what_may_be_done_and_what_may_be_seen_agree(
    world: World, session: Session, today: date, rows: list[tuple[Role, str, int, int, int | None]]
) -> None:
    person = somebody(world, *(_grant(world, today, row) for row in rows))
    for permission, kind in PAIRS:
        if kind is Plan:
            loaded: list[Plan] | list[Audit] | list[Action] = list(session.scalars(select(Plan)))
        else:
            loaded = world.audits if kind is Audit else world.actions
        allowed = {record.id for record in loaded if may(person, permission, record)}
        seen = set(session.scalars(select(kind.id).where(visible(person, permission, kind))))
        assert seen == allowed, (permission, kind)


def _grant(world: World, today: date, row: tuple[Role, str, int, int, int | None]) -> RoleGrant:
    role, scope, which, starts, ends = row
    action = world.actions[which]
    return RoleGrant(
        role=role,
        plan_id=action.plan_id if "plan" in scope else None,
        area_id=action.area_id if "area" in scope else None,
        unit_id=world.unit_id if scope == "unit" else None,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=max(ends, starts)),
    )
