"""Typing a number goes straight to what bears it: an action, an area, or the audit of a case reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from tracker.audits.queries.search import audits_of_case
from tracker.audits.rules.names.reference import looks_like_reference
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.models import Action
from tracker.plans.queries.jump import actions_by_number, areas_by_number, last_areas

_ACTION = re.compile(r"(?:action\s+)?([a-z]{0,3}[0-9]{1,3}(?:[.][0-9]{1,3}){0,2}[a-z]?(?:-[0-9]{1,4})?)", re.IGNORECASE)
_AREA = re.compile(r"(?:area\s+)?([0-9]{1,3})", re.IGNORECASE)
_DOTTED = re.compile(r"[0-9]{1,3}[.][0-9]{1,3}[a-z]?", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """Something that bears the number: its title, the plan that it stands in, and its address."""

    title: str
    plan: str
    url: str


def numbered_actions(session: Session, person: Person, typed: str) -> Sequence[Action]:
    """Return the actions of a typed number that a person may read, with their plans and leads."""
    asked = _ACTION.fullmatch(typed)
    return actions_by_number(session, person, asked[1]) if asked and asked[1].isascii() else ()


def targets(session: Session, person: Person, typed: str) -> list[Target]:
    """Return what bears a typed number: actions, or areas where no action does; nothing for what is no number."""
    actions = numbered_actions(session, person, typed)
    if actions:
        return [target_of(action) for action in actions]
    asked = _AREA.fullmatch(typed)
    areas = areas_by_number(session, person, int(asked[1])) if asked else ()
    return [
        Target(
            f"Area {area.number}: {area.title}",
            area.plan.title,
            url_for("plans.area_show", slug=area.plan.slug, number=area.number),
        )
        for area in areas
    ]


def target_of(action: Action) -> Target:
    """Return an action as the place to go to."""
    url = url_for("plans.action_show", slug=action.plan.slug, ref=action.ref)
    return Target(f"{action.ref} {action.title}", action.plan.title, url)


def no_such_number(session: Session, person: Person, typed: str) -> str:
    """Say that no action bears a number, and which area is the last where that is plain; nothing for words."""
    if not _DOTTED.fullmatch(typed):
        return ""
    last = last_areas(session, person)
    if len(last) == 1:
        return f"There is no action {typed} in this plan. Area {last[0]} is the last."
    return f"There is no action {typed} in the plans that you may read."


def reads_cases(person: Person | None) -> bool:
    """Say whether somebody reads case-level audits, whose references must stand in no address."""
    return may(person, Permission.AUDIT_READ)


def is_reference(person: Person, typed: str) -> bool:
    """Say whether somebody who reads cases typed what looks like a case reference."""
    return reads_cases(person) and looks_like_reference(typed)


def case_targets(session: Session, person: Person, typed: str) -> list[Target]:
    """Return the audits of a typed case reference that a person may open, the newest first."""
    if not reads_cases(person):
        return []
    addresses = audits_of_case(session, person, typed)
    return [Target(f"Audit of {typed}", "", url_for("audits.audit_show", public_id=one)) for one in addresses]
