"""Who may do what: one table of predicates over the person and the loaded subject, shared by every way in.

`may` asks about one subject, `visible` gives the same answer as a condition of a query; a test proves that they agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from tracker.core import clock
from tracker.people.models import LeadParty, LeadPartyMember, Person, RoleGrant
from tracker.people.rules import Role, holds_on


class Permission(StrEnum):
    """What may be done, as noun:verb; each has its sentence in `SENTENCES`."""

    PLAN_READ = "plan:read"
    PLAN_IMPORT = "plan:import"
    PLAN_EDIT = "plan:edit"
    PLAN_EXPORT = "plan:export"
    LEAD_NAMES = "lead:name"
    ACTION_UPDATE = "action:update"
    ACTION_MINE = "action:mine"
    ACTION_CONFIRM = "action:confirm"
    ACTION_EMBED = "action:embed"
    DATE_APPROVE = "date:approve"
    AUDIT_MINE = "audit:mine"
    AUDIT_READ = "audit:read"
    AUDIT_WRITE = "audit:write"
    ROUND_MANAGE = "round:manage"
    CONCERN_RAISE = "concern:raise"
    CONCERN_ACKNOWLEDGE = "concern:acknowledge"
    FINDING_READ = "finding:read"
    THEME_READ = "theme:read"
    THEME_EDIT = "theme:edit"
    THEME_LINK = "theme:link"
    THEME_EXPORT = "theme:export"
    PERSON_MANAGE = "person:manage"
    UNIT_MANAGE = "unit:manage"
    BODY_MANAGE = "body:manage"
    PARTY_MANAGE = "party:manage"
    ORGANISATION_MANAGE = "organisation:manage"


SENTENCES: dict[Permission, str] = {
    Permission.PLAN_READ: "Read plans, their delivery RAG and its reasons",
    Permission.PLAN_IMPORT: "Bring a published plan in",
    Permission.PLAN_EDIT: "Settle doubts of an import, confirm links, record inspection items",
    Permission.PLAN_EXPORT: "Download actions as a file",
    Permission.LEAD_NAMES: "See the names of delivery leads, not only their posts",
    Permission.ACTION_UPDATE: "Write an update, a forecast and evidence of an action",
    Permission.ACTION_MINE: "See the list of one's own actions",
    Permission.ACTION_CONFIRM: "Confirm, send back, hold or withdraw an action that is not one's own",
    Permission.ACTION_EMBED: "Sign an action off as embedded that is not one's own",
    Permission.DATE_APPROVE: "Approve a date of an action that is not one's own",
    Permission.AUDIT_MINE: "See the list of one's own audits",
    Permission.AUDIT_READ: "Read a case-level audit",
    Permission.AUDIT_WRITE: "Write an audit",
    Permission.ROUND_MANAGE: "Make rounds and allocate case files",
    Permission.CONCERN_RAISE: "Say that a child may be at risk now",
    Permission.CONCERN_ACKNOWLEDGE: "Acknowledge that a child may be at risk now",
    Permission.FINDING_READ: "Read the words of findings",
    Permission.THEME_READ: "Read themes and their counts",
    Permission.THEME_EDIT: "Change the list of themes",
    Permission.THEME_LINK: "Link a theme to an action",
    Permission.THEME_EXPORT: "Download the counts of a theme as a file",
    Permission.PERSON_MANAGE: "Manage people and roles",
    Permission.UNIT_MANAGE: "Manage units",
    Permission.BODY_MANAGE: "Manage bodies and the calendar of their meetings",
    Permission.PARTY_MANAGE: "Say which people may update for a lead named in the plan",
    Permission.ORGANISATION_MANAGE: "Change the organisation's name and its urgent contact",
}

_SCOPES = ("plan", "area", "unit")


@dataclass(frozen=True)
class Rule:
    """A predicate with two faces: about a loaded subject, and as a condition over a mapped class."""

    holds: Callable[[Person, Any], bool]
    clause: Callable[[Person, Any], ColumnElement[bool]]


def grants_now(person: Person) -> list[RoleGrant]:
    """Return the grants that hold today; a changed role works at the next request."""
    today = clock.today()
    return [grant for grant in person.grants if holds_on(today, grant.starts_on, grant.ends_on)]


def has_role(*roles: Role) -> Rule:
    """Hold for a person with one of the roles, within the grant's scope where it has one."""

    def holds(person: Person, subject: Any) -> bool:
        return any(grant.role in roles and _covers(grant, subject) for grant in grants_now(person))

    def clause(person: Person, kind: Any) -> ColumnElement[bool]:
        return or_(false(), *(_covering(grant, kind) for grant in grants_now(person) if grant.role in roles))

    return Rule(holds, clause)


def _scope_of(grant: RoleGrant) -> list[tuple[str, int]]:
    return [(name, value) for name in _SCOPES if (value := getattr(grant, f"{name}_id")) is not None]


def _covers(grant: RoleGrant, subject: Any) -> bool:
    """Say whether a grant reaches a subject; with no subject, as for a list, any scope opens the door."""
    return subject is None or all(
        getattr(subject, _scope_column(name, subject), None) == value for name, value in _scope_of(grant)
    )


def _covering(grant: RoleGrant, kind: Any) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    for name, value in _scope_of(grant):
        column = getattr(kind, _scope_column(name, kind), None)
        parts.append(false() if column is None else column == value)
    return and_(*parts)


def _scope_column(name: str, kind: Any) -> str:
    return "id" if kind.__tablename__ == name else f"{name}_id"


def all_of(*rules: Rule) -> Rule:
    """Hold when every rule holds."""
    return Rule(
        lambda person, subject: all(rule.holds(person, subject) for rule in rules),
        lambda person, kind: and_(true(), *(rule.clause(person, kind) for rule in rules)),
    )


def any_of(*rules: Rule) -> Rule:
    """Hold when one rule holds."""
    return Rule(
        lambda person, subject: any(rule.holds(person, subject) for rule in rules),
        lambda person, kind: or_(false(), *(rule.clause(person, kind) for rule in rules)),
    )


def is_not(rule: Rule) -> Rule:
    """Hold when the rule does not."""
    return Rule(
        lambda person, subject: not rule.holds(person, subject),
        lambda person, kind: not_(rule.clause(person, kind)),
    )


def _leads(person: Person, action: Any) -> bool:
    """Say whether a person may update for one of an action's lead parties; the action comes with them loaded."""
    today = clock.today()
    return any(
        member.person_id == person.id and holds_on(today, None, member.ends_on)
        for lead in action.leads
        for member in lead.party.members
    )


def _leads_clause(person: Person, kind: Any) -> ColumnElement[bool]:
    open_today = or_(LeadPartyMember.ends_on.is_(None), LeadPartyMember.ends_on >= clock.today())
    member = LeadParty.members.any(and_(LeadPartyMember.person_id == person.id, open_today))
    clause: ColumnElement[bool] = kind.leads.any(kind.leads.property.mapper.class_.party.has(member))
    return clause


leads_it = Rule(_leads, _leads_clause)
own_audit = Rule(
    lambda person, audit: audit.auditor_id == person.id,
    lambda person, kind: kind.auditor_id == person.id,
)
is_office = has_role(Role.OFFICE)
is_moderator = has_role(Role.MODERATOR)
is_admin = has_role(Role.ADMIN)
_inside = has_role(Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE)
_own_as_auditor = all_of(has_role(Role.AUDITOR), own_audit)
_office_not_own = all_of(is_office, is_not(leads_it))

POLICY: dict[Permission, Rule] = {
    Permission.PLAN_READ: any_of(_inside, has_role(Role.VIEWER)),
    Permission.PLAN_IMPORT: is_office,
    Permission.PLAN_EDIT: is_office,
    Permission.PLAN_EXPORT: any_of(is_office, is_moderator, all_of(has_role(Role.LEAD), leads_it)),
    Permission.LEAD_NAMES: _inside,
    Permission.ACTION_UPDATE: any_of(is_office, all_of(has_role(Role.LEAD), leads_it)),
    Permission.ACTION_MINE: has_role(Role.LEAD),
    Permission.ACTION_CONFIRM: _office_not_own,
    Permission.ACTION_EMBED: all_of(has_role(Role.ASSURANCE), is_not(leads_it)),
    Permission.DATE_APPROVE: _office_not_own,
    Permission.AUDIT_MINE: has_role(Role.AUDITOR),
    Permission.AUDIT_READ: any_of(is_moderator, _own_as_auditor),
    Permission.AUDIT_WRITE: any_of(is_moderator, _own_as_auditor),
    Permission.ROUND_MANAGE: is_moderator,
    Permission.CONCERN_RAISE: any_of(is_moderator, _own_as_auditor),
    Permission.CONCERN_ACKNOWLEDGE: is_moderator,
    Permission.FINDING_READ: any_of(is_moderator, _own_as_auditor),
    Permission.THEME_READ: _inside,
    Permission.THEME_EDIT: is_moderator,
    Permission.THEME_LINK: any_of(is_office, is_moderator),
    Permission.THEME_EXPORT: any_of(is_office, is_moderator),
    Permission.PERSON_MANAGE: is_admin,
    Permission.UNIT_MANAGE: is_admin,
    Permission.BODY_MANAGE: any_of(is_admin, is_office),
    Permission.PARTY_MANAGE: any_of(is_admin, is_office),
    Permission.ORGANISATION_MANAGE: is_admin,
}


def may(person: Person | None, permission: Permission, subject: object = None) -> bool:
    """Say whether a person may do this to a loaded subject; nobody and the deactivated may nothing.

    A rule about what is somebody's own needs its subject: asked without one, as for a menu, only roles count.
    """
    if person is None or not person.is_active:
        return False
    rule = POLICY[permission] if subject is not None else _MENU[permission]
    return rule.holds(person, subject)


def visible(person: Person, permission: Permission, kind: type) -> ColumnElement[bool]:
    """Return the condition under which rows of a mapped class may be shown to a person under a permission."""
    if not person.is_active:
        return false()
    return POLICY[permission].clause(person, kind)


def roles_of(person: Person) -> frozenset[Role]:
    """Return the roles that a person holds today, whatever their scope."""
    return frozenset(grant.role for grant in grants_now(person))


_MENU: dict[Permission, Rule] = {
    **POLICY,
    Permission.PLAN_EXPORT: has_role(Role.OFFICE, Role.MODERATOR, Role.LEAD),
    Permission.ACTION_UPDATE: has_role(Role.OFFICE, Role.LEAD),
    Permission.ACTION_CONFIRM: is_office,
    Permission.ACTION_EMBED: has_role(Role.ASSURANCE),
    Permission.DATE_APPROVE: is_office,
    Permission.AUDIT_READ: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.AUDIT_WRITE: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.CONCERN_RAISE: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.FINDING_READ: has_role(Role.MODERATOR, Role.AUDITOR),
}
