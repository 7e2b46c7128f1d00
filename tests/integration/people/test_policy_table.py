"""Who may do what (domain A9), pinned as one table, and the two faces of the policy: `may` and `visible` agree."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tests.integration.people.policy_cells import TABLE
from tests.support.builders.audits import a_tool
from tests.support.builders.people import a_person, a_unit
from tests.support.builders.plans import a_plan, an_action, an_area
from tracker.audits.models import (
    AssuranceEvent,
    Audit,
    AuditRound,
    CaseReference,
    ImmediateConcern,
    QuickWin,
    RemedialAction,
)
from tracker.audits.rules.other_words import EventKind
from tracker.audits.rules.remedials import Priority
from tracker.audits.rules.vocabulary import Category, Selection
from tracker.people.models import Deputy, LeadParty, LeadPartyMember, Person, PostHolding, RoleGrant
from tracker.people.policy import POLICY, SENTENCES, Permission, may, visible
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Action, ActionLead, Plan

HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(Role(role), Permission(name), cell) for name, *cells in LINES for role, cell in zip(HEAD, cells, strict=True)]
ABOUT_AUDITS = {
    permission
    for permission in Permission
    if permission.value.split(":")[0] in {"audit", "audit_report", "finding", "moderation"}
} | {Permission.CONCERN_RAISE, Permission.REMEDIAL_ADD}
ABOUT_REMEDIALS = {Permission.REMEDIAL_READ, Permission.REMEDIAL_DO, Permission.REMEDIAL_CHECK}
Owned = type[Action | Audit | Plan | RemedialAction | QuickWin]
_codes = count(1)


@dataclass
class World:
    """Two plans with two actions each and an audit, half of them the person's own."""

    person: Person
    unit_id: int
    actions: list[Action]
    audits: list[Audit]
    remedials: list[RemedialAction]
    wins: list[QuickWin]

    def of(self, kind: Owned) -> list[Any]:
        """Return the records of a kind, the person's own first."""
        held: dict[Owned, list[Any]] = {
            Audit: self.audits,
            Action: self.actions,
            RemedialAction: self.remedials,
            QuickWin: self.wins,
        }
        return held[kind]


def kind_of(permission: Permission) -> Owned:
    """Return what a permission is about."""
    if permission is Permission.QUICK_WIN_DO:
        return QuickWin
    if permission in ABOUT_REMEDIALS:
        return RemedialAction
    return Audit if permission in ABOUT_AUDITS else Action


def wins_of(session: Session, *owners: Person) -> None:
    day = date(2026, 11, 2)
    week = AssuranceEvent(
        public_id="week", kind=EventKind.PRACTICE_WEEK, name="Week", starts_on=day, ends_on=day, focus="Visits"
    )
    session.add(week)
    session.add_all(
        QuickWin(public_id=f"w{owner.id}", event=week, words="Print it", owner=owner, due_on=day) for owner in owners
    )
    session.flush()


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
    due_on = date(2026, 11, 30)
    audit = Audit(public_id=f"p{number}", round=cycle, case=case, tool=a_tool(session), auditor=auditor, due_on=due_on)
    audit.worker = auditor
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
    theirs = an_audit(session, other, unit.id)
    for owner in (person, other):
        session.add(a_task(theirs, owner))
    wins_of(session, person, other)
    session.commit()
    session.expire_all()
    leads = selectinload(Action.leads).joinedload(ActionLead.party).selectinload(LeadParty.members)
    actions = list(session.scalars(select(Action).options(leads).order_by(Action.id)))
    audits = list(session.scalars(select(Audit).order_by(Audit.id)))
    given = select(RemedialAction).options(joinedload(RemedialAction.audit)).order_by(RemedialAction.id)
    wins = list(session.scalars(select(QuickWin).order_by(QuickWin.id)))
    return World(person, unit.id, actions, audits, list(session.scalars(given)), wins)


def a_task(audit: Audit, owner: Person) -> RemedialAction:
    return RemedialAction(
        public_id=f"t{next(_codes)}",
        audit=audit,
        text="Hold the review",
        owner=owner,
        priority=Priority.URGENT,
        due_on=date(2026, 11, 30),
    )


def a_former_lead(session: Session, person: Person) -> LeadParty:
    party = LeadParty(name="Former lead", kind=PartyKind.POST)
    session.add(party)
    session.flush()
    session.add(LeadPartyMember(party_id=party.id, person_id=person.id, ends_on=date(2026, 11, 25)))
    session.flush()
    return party


def somebody(world: World, *grants: RoleGrant, **links: Any) -> Person:
    """Return the person with these grants, not stored: the policy looks at no table of its own."""
    return Person(id=world.person.id, is_active=True, grants=list(grants), **links)


def a_lead(**columns: Any) -> RoleGrant:
    return RoleGrant(role=Role.LEAD, starts_on=date(2026, 1, 1), **columns)


def an_absence(world: World, who: int, starts_on: date, ends_on: date, **links: Any) -> Deputy:
    return Deputy(person_id=who, starts_on=starts_on, ends_on=ends_on, person=Person(id=who, **links))


def test_a_deputy_updates_for_who_is_away_on_those_days_only_and_decides_nothing(world: World, today: date) -> None:
    theirs, grace = world.actions[1], world.audits[1].auditor_id
    day = timedelta(days=1)
    cases = [(today, today, True), (today - day, today - day, False), (today + day, today + day, False)]
    for first, last, holds in cases:
        deputy = somebody(world, a_lead(), covers=[an_absence(world, grace, first, last)])
        assert may(deputy, Permission.ACTION_UPDATE, theirs) == holds
    office = RoleGrant(role=Role.OFFICE, starts_on=date(2026, 1, 1))
    both = somebody(world, a_lead(), office, covers=[an_absence(world, grace, today, today)])
    assert not may(both, Permission.ACTION_CONFIRM, theirs)
    assert may(somebody(world, a_lead(), office), Permission.ACTION_CONFIRM, theirs)


def test_who_holds_a_post_updates_for_it_on_those_days_only(world: World, today: date) -> None:
    action = world.actions[-1]
    post, day = action.leads[0].party_id, timedelta(days=1)
    cases = [(today, None, True), (today - day, today - day, False), (today + day, None, False)]
    for starts_on, ends_on, holds in cases:
        holding = PostHolding(party_id=post, starts_on=starts_on, ends_on=ends_on)
        assert may(somebody(world, a_lead(), holdings=[holding]), Permission.ACTION_UPDATE, action) == holds
        away = an_absence(
            world, 99, today, today, holdings=[PostHolding(party_id=post, starts_on=starts_on, ends_on=ends_on)]
        )
        assert may(somebody(world, a_lead(), covers=[away]), Permission.ACTION_UPDATE, action) == holds


def test_the_lead_of_a_partner_reads_and_updates_own_actions_and_nothing_else(world: World) -> None:
    mine, theirs = world.actions[:2]
    partner = somebody(world, a_lead(is_partner=True))
    own = {permission for permission in Permission if may(partner, permission, mine)}
    reads = {Permission.PLAN_READ, Permission.LEAD_NAMES}
    writes = {Permission.ACTION_UPDATE, Permission.ACTION_MINE, Permission.PLAN_EXPORT}
    assert reads | writes <= own
    assert Permission.THEME_READ not in own
    assert not any(may(partner, permission, theirs) for permission in (*reads, Permission.ACTION_UPDATE))
    assert not may(partner, Permission.PLAN_READ, Plan(id=mine.plan_id))
    both = somebody(world, a_lead(is_partner=True), RoleGrant(role=Role.VIEWER, starts_on=date(2026, 1, 1)))
    assert may(both, Permission.PLAN_READ, theirs)


def test_the_table_names_every_permission_and_every_role() -> None:
    assert [name for name, *_ in LINES] == [permission.value for permission in Permission]
    assert [Role(role) for role in HEAD] == list(Role)
    assert set(SENTENCES) == set(POLICY) == set(Permission)


def test_each_role_may_do_what_the_table_says_and_no_more(world: World) -> None:
    wrong = []
    for role, permission, cell in CELLS:
        person = somebody(world, RoleGrant(role=role, starts_on=date(2026, 1, 1)))
        own, others = world.of(kind_of(permission))[:2]
        found = (may(person, permission, own), may(person, permission, others), may(person, permission))
        expected = (cell in "yo", cell in "yn", cell != "-")
        if found != expected:
            wrong.append(f"{role.value} {permission.value}: own, others', at all {found}, not {expected}")
    assert wrong == []


def test_the_auditor_of_the_file_reads_what_somebody_else_is_to_put_right_and_does_not_do_it(world: World) -> None:
    ruth = Person(
        id=world.audits[1].auditor_id,
        is_active=True,
        grants=[RoleGrant(role=Role.AUDITOR, starts_on=date(2026, 1, 1))],
    )
    theirs = world.remedials[0]
    assert may(ruth, Permission.REMEDIAL_READ, theirs)
    assert not may(ruth, Permission.REMEDIAL_DO, theirs)
    assert not may(ruth, Permission.REMEDIAL_CHECK, theirs)


def test_only_a_moderator_with_the_mark_of_a_head_of_service_closes_concerns(world: World) -> None:
    plain, head = (
        somebody(world, RoleGrant(role=Role.MODERATOR, is_head=is_head, starts_on=date(2026, 1, 1)))
        for is_head in (False, True)
    )
    assert [may(one, Permission.CONCERN_CLOSE, ImmediateConcern()) for one in (plain, head)] == [False, True]
    scoped = RoleGrant(role=Role.MODERATOR, is_head=True, plan_id=1, starts_on=date(2026, 1, 1))
    assert not may(somebody(world, scoped), Permission.CONCERN_CLOSE, ImmediateConcern())


def test_nobody_the_deactivated_and_the_roleless_may_nothing(world: World) -> None:
    grants = [RoleGrant(role=role, starts_on=date(2026, 1, 1)) for role in Role]
    inactive = Person(id=world.person.id, is_active=False, grants=grants)
    # Who worked with an audited child answers its audit without a role; to whom nothing is given that list is empty.
    for person, held in ((None, []), (inactive, []), (somebody(world), [Permission.AUDIT_RESPOND])):
        assert [each for each in Permission if may(person, each)] == held
        assert [each for each in Permission if may(person, each, world.actions[0])] == []


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


PAIRS: list[tuple[Permission, Owned]] = [(permission, kind_of(permission)) for permission in Permission]
PAIRS += [(Permission.PLAN_READ, Plan), (Permission.LEAD_NAMES, Plan), (Permission.PLAN_EDIT, Plan)]
GRANTS = st.lists(
    st.tuples(
        st.sampled_from(Role),
        st.sampled_from(["everywhere", "plan", "area", "unit", "plan and area"]),
        st.integers(0, 4),
        st.sampled_from([-1, 0, 1]),
        st.sampled_from([None, -1, 0, 1]),
        st.booleans(),
    ),
    max_size=4,
)
DAYS = st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]))


@pytest.mark.both_databases
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=GRANTS, away=st.lists(DAYS, max_size=1), held=st.lists(DAYS, max_size=1), posts=st.lists(DAYS, max_size=1))
def test_what_may_be_done_and_what_may_be_seen_agree(
    *,
    world: World,
    session: Session,
    today: date,
    rows: list[tuple[Role, str, int, int, int | None, bool]],
    away: list[tuple[int, int]],
    held: list[tuple[int, int]],
    posts: list[tuple[int, int]],
) -> None:
    grace, post = world.audits[1].auditor_id, world.actions[-1].leads[0].party_id
    person = somebody(
        world,
        *(_grant(world, today, row) for row in rows),
        covers=[
            an_absence(world, grace, *_days(today, days), holdings=[_holding(post, today, one) for one in posts])
            for days in away
        ],
        holdings=[_holding(post, today, one) for one in held],
    )
    for permission, kind in PAIRS:
        loaded = list(session.scalars(select(Plan))) if kind is Plan else world.of(kind)
        allowed = {record.id for record in loaded if may(person, permission, record)}
        seen = set(session.scalars(select(kind.id).where(visible(person, permission, kind))))
        assert seen == allowed, (permission, kind)


@pytest.mark.parametrize("scope", ["plan", "area", "unit"])
def test_a_role_in_a_scope_changes_nothing_of_the_whole_service(world: World, today: date, scope: str) -> None:
    roles = (Role.OFFICE, Role.MODERATOR)
    scoped = somebody(world, *(_grant(world, today, (role, scope, 0, 0, None, False)) for role in roles))
    whole = somebody(world, *(_grant(world, today, (role, "", 0, 0, None, False)) for role in roles))
    asked = (Permission.PLAN_IMPORT, Permission.THEME_EDIT, Permission.BODY_MANAGE, Permission.PARTY_MANAGE)
    assert [permission for permission in asked if may(scoped, permission)] == []
    assert [permission for permission in asked if may(whole, permission)] == list(asked)


def _days(today: date, days: tuple[int, int]) -> tuple[date, date]:
    return today + timedelta(days=days[0]), today + timedelta(days=max(days))


def _holding(post: int, today: date, days: tuple[int, int]) -> PostHolding:
    first, last = _days(today, days)
    return PostHolding(party_id=post, starts_on=first, ends_on=last)


def _grant(world: World, today: date, row: tuple[Role, str, int, int, int | None, bool]) -> RoleGrant:
    role, scope, which, starts, ends, is_partner = row
    action = world.actions[which]
    return RoleGrant(
        role=role,
        is_partner=is_partner and role is Role.LEAD,
        plan_id=action.plan_id if "plan" in scope else None,
        area_id=action.area_id if "area" in scope else None,
        unit_id=world.unit_id if scope == "unit" else None,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=max(ends, starts)),
    )
