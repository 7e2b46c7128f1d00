"""Predicates over a person and a subject, each with two faces, and how they are combined; no permission is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from tracker.core import clock
from tracker.people.models import Person, RoleGrant
from tracker.people.rules import Role, holds_on

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


def has_role(*roles: Role, partners: bool = True) -> Rule:
    """Hold for a person with one of the roles, within the grant's scope; leads of partners may be left out."""

    def held(person: Person) -> list[RoleGrant]:
        return [grant for grant in grants_now(person) if grant.role in roles and (partners or not grant.is_partner)]

    return given(held)


def has_role_everywhere(*roles: Role) -> Rule:
    """Hold for a person with one of the roles for the whole service: for what belongs to no plan, area or unit."""
    return given(lambda person: [grant for grant in grants_now(person) if grant.role in roles and not _scope_of(grant)])


def given(held: Callable[[Person], list[RoleGrant]]) -> Rule:
    """Return the rule that one of these grants reaches the subject."""
    return Rule(
        lambda person, subject: any(_covers(grant, subject) for grant in held(person)),
        lambda person, kind: or_(false(), *(_covering(grant, kind) for grant in held(person))),
    )


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


def of_action(rule: Rule) -> Rule:
    """Judge a part of an action as the action it belongs to: an update, evidence, a milestone, a date asked for."""

    def holds(person: Person, subject: Any) -> bool:
        whole = _whole(subject)
        return holds(person, getattr(subject, whole)) if whole else rule.holds(person, subject)

    def clause(person: Person, kind: Any) -> ColumnElement[bool]:
        whole = _whole(kind)
        if not whole:
            return rule.clause(person, kind)
        within: ColumnElement[bool] = getattr(kind, whole).has(
            clause(person, getattr(kind, whole).property.mapper.class_)
        )
        return within

    return Rule(holds, clause)


def _whole(subject: Any) -> str | None:
    """Return what a part hangs on; several steps lead to the action."""
    return next((name for name in ("action", "origin", "milestone") if hasattr(subject, name)), None)


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


def roles_of(person: Person) -> frozenset[Role]:
    """Return the roles that a person holds today, whatever their scope."""
    return frozenset(grant.role for grant in grants_now(person))
