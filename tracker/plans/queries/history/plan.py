"""What became of an action in its plan: overrides, links, and changes of its number and words."""

from typing import Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import aliased

from tracker.people.models import Person
from tracker.plans.models import (
    Action,
    ActionLink,
    Evidence,
    FormerNumber,
    FormerWording,
    Override,
    Reimport,
    ReimportChange,
)
from tracker.plans.queries.history.rows import Part, columns
from tracker.plans.rules.states import LinkStatus


def of_plan() -> tuple[Part, ...]:
    """Return the parts of a history that tell what was changed around the work."""
    return _brought(), *_overrides(), _links(), _ended_links(), _numbers(), _wordings()


def _brought() -> Part:
    """Return what a later version of the plan changed of the action."""
    shown = columns(
        "brought",
        ReimportChange,
        ReimportChange.created_by,
        day=Reimport.taken_on,
        code=ReimportChange.kind,
        first=ReimportChange.was,
        second=ReimportChange.now,
        third=ReimportChange.title,
        place=Reimport.file_name,
    )
    query = select(*shown).join(Reimport, Reimport.id == ReimportChange.reimport_id)
    query = query.join(Action, Action.id == ReimportChange.action_id)
    return query.outerjoin(Person, Person.id == ReimportChange.created_by)


def _overrides() -> tuple[Part, ...]:
    """Return the asking for overrides, the decisions on them, and what ended them early."""
    parts = (
        ("override", Override.asked_by_id, Override.asked_on, Override.created_at),
        ("override_decided", Override.decided_by_id, Override.decided_on, Override.decided_at),
        ("override_ended", Override.ended_by_id, Override.ended_on, Override.ended_at),
    )
    return tuple(_override(*part) for part in parts)


def _override(source: str, by: Any, day: Any, at: Any) -> Part:
    shown = columns(
        source,
        Override,
        by,
        day=day,
        at=at,
        code=Override.value,
        state=Override.state,
        turn=Override.expires_on,
        first=Override.reason if source == "override" else Override.decided_note,
        second=Evidence.text,
        place=Override.over,
        way=case((Override.needs_body, "body"), else_=""),
        version=Override.version,
    )
    query = select(*shown).join(Action, Action.id == Override.action_id).where(day.is_not(None))
    return query.join(Evidence, Evidence.id == Override.evidence_id).outerjoin(Person, Person.id == by)


def _links() -> Part:
    return _of_links(
        "link",
        ActionLink.decided_by_id,
        day=func.coalesce(ActionLink.effective_on, ActionLink.ended_on),
        at=ActionLink.decided_at,
        first=ActionLink.text,
    ).where(ActionLink.decided_at.is_not(None))


def _ended_links() -> Part:
    """Return the ends of links: nothing changes in one that has ended, so who ended it changed it last."""
    ended = ActionLink.ended_on
    query = _of_links("ended", ActionLink.changed_by, day=ended, at=ActionLink.changed_at, first=ActionLink.ended_why)
    return query.where(ended.is_not(None), ActionLink.status == LinkStatus.CONFIRMED)


def _of_links(source: str, by: Any, **given: Any) -> Part:
    """Return links from an action, with the number and title of the other as place and way."""
    other = aliased(Action)
    shown = columns(
        source,
        ActionLink,
        by,
        code=ActionLink.kind,
        state=ActionLink.status,
        place=func.coalesce(other.ref, ""),
        way=func.coalesce(other.title, ""),
        **given,
    )
    query = select(*shown).select_from(ActionLink).join(Action, Action.id == ActionLink.from_id)
    return query.outerjoin(other, other.id == ActionLink.to_id).outerjoin(Person, Person.id == by)


def _numbers() -> Part:
    shown = columns(
        "number",
        FormerNumber,
        FormerNumber.created_by,
        day=FormerNumber.until_on,
        code=literal(""),
        first=FormerNumber.number,
    )
    query = select(*shown).join(Action, Action.id == FormerNumber.action_id)
    return query.outerjoin(Person, Person.id == FormerNumber.created_by)


def _wordings() -> Part:
    shown = columns(
        "wording",
        FormerWording,
        FormerWording.created_by,
        day=FormerWording.effective_on,
        code=FormerWording.what,
        first=FormerWording.before,
        second=FormerWording.after,
    )
    query = select(*shown).join(Action, Action.id == FormerWording.action_id)
    return query.outerjoin(Person, Person.id == FormerWording.created_by)
