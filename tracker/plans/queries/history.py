"""The facts of an action with their words and who recorded them, as its history tells them; no judgement here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, Select, String, and_, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from tracker.people.models import Body, Person
from tracker.plans.models import (
    Action,
    ActionLink,
    DateChange,
    Evidence,
    FormerNumber,
    FormerWording,
    Milestone,
    MilestoneStep,
    Override,
    Reimport,
    ReimportChange,
    SignOff,
    Update,
)
from tracker.plans.queries.counting import kept_file
from tracker.plans.rules.states import EvidenceKind, LinkStatus

_Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class HistoryRow:
    """One fact: which, on which day, recorded when and by whom, and its words.

    `source` is update, sign_off, evidence, step, asked, decided, brought (with its file as `place`), link, ended,
    number or wording, or override, override_decided or override_ended; `person` is nothing for a command of the
    operator. An override has its last day as `turn`, the code that it betters as `place`, what it rests on as the
    second of its words, and "body" as its `way` when the programme office alone may not approve it.
    Evidence has its address as `place`, or the code of its file unless that was erased, its result as `state`, and who
    may open it as `way`; a link has the number and the title of the other action there.
    """

    source: str
    id: int
    update_id: int | None
    milestone_id: int | None
    day: date
    at: datetime
    person_id: int
    person: str | None
    code: str
    state: str
    turn: date | None
    words: tuple[str, str, str, str]
    place: str
    way: str
    version: int
    is_no_change: bool
    is_after_close: bool


def history_of(session: Session, action: Action) -> list[HistoryRow]:
    """Return everything recorded of an action, in the order of recording, in one query."""
    parts = (_updates(), _sign_offs(), _evidence(), _steps(), _asked(), _decided(), _brought(), *_overrides())
    parts = (*parts, _links(), _ended_links(), _numbers(), _wordings())
    rows = session.execute(union_all(*(part.where(Action.id == action.id) for part in parts))).all()
    found = [_row(row) for row in rows]
    return sorted(found, key=lambda row: (row.at, row.source != "update", row.id))


def _row(row: Any) -> HistoryRow:
    return HistoryRow(
        source=row.source,
        id=row.id,
        update_id=row.update_id,
        milestone_id=row.milestone_id,
        day=row.day,
        at=row.at,
        person_id=row.person_id,
        person=row.person,
        code=row.code or "",
        state=row.state or "",
        turn=row.turn,
        words=(row.first or "", row.second or "", row.third or "", row.fourth or ""),
        place=row.place or "",
        way=row.way or "",
        version=row.version,
        is_no_change=bool(row.is_no_change),
        is_after_close=bool(row.is_after_close),
    )


def _columns(source: str, table: Any, by: Any, **given: Any) -> list[Any]:
    """Return the columns of one part of the history, in the order that all parts share."""
    nothing = literal("")
    return [
        literal(source).label("source"),
        table.id.label("id"),
        given.get("update_id", cast(null(), Integer)).label("update_id"),
        given.get("milestone_id", cast(null(), Integer)).label("milestone_id"),
        given["day"].label("day"),
        given.get("at", table.created_at).label("at"),
        by.label("person_id"),
        Person.name.label("person"),
        cast(given["code"], String).label("code"),
        cast(given.get("state", nothing), String).label("state"),
        given.get("turn", cast(null(), Date)).label("turn"),
        given.get("first", nothing).label("first"),
        given.get("second", nothing).label("second"),
        given.get("third", nothing).label("third"),
        given.get("fourth", nothing).label("fourth"),
        given.get("place", nothing).label("place"),
        given.get("way", nothing).label("way"),
        given.get("version", literal(0)).label("version"),
        cast(given.get("is_no_change", literal(0)), Integer).label("is_no_change"),
        cast(given.get("is_after_close", literal(0)), Integer).label("is_after_close"),
    ]


def _updates() -> _Query:
    columns = _columns(
        "update",
        Update,
        Update.author_id,
        day=Update.effective_on,
        at=Update.submitted_at,
        code=Update.declared,
        state=Update.state,
        first=Update.happened,
        second=Update.why,
        third=Update.doing,
        fourth=Update.ask,
        place=Update.on_behalf_of,
        way=Update.came_by,
        version=Update.version,
        is_no_change=Update.is_no_change,
        is_after_close=Update.is_after_close,
    )
    return select(*columns).join(Action, Action.id == Update.action_id).join(Person, Person.id == Update.author_id)


def _sign_offs() -> _Query:
    columns = _columns(
        "sign_off",
        SignOff,
        SignOff.person_id,
        day=SignOff.effective_on,
        code=SignOff.kind,
        first=SignOff.reason,
        second=SignOff.independent_check,
        third=SignOff.no_measure_reason,
        turn=SignOff.review_on,
        place=func.coalesce(Body.name, ""),
    )
    query = select(*columns).join(Action, Action.id == SignOff.action_id).join(Person, Person.id == SignOff.person_id)
    return query.outerjoin(Body, Body.id == SignOff.body_id)


def _evidence() -> _Query:
    columns = _columns(
        "evidence",
        Evidence,
        Evidence.created_by,
        day=Evidence.effective_on,
        update_id=Evidence.update_id,
        code=Evidence.kind,
        first=Evidence.text,
        place=case((and_(Evidence.kind == EvidenceKind.FILE, kept_file()), Evidence.code), else_=Evidence.url),
        state=Evidence.result,
        way=Evidence.sensitivity,
    )
    query = select(*columns).join(Action, Action.id == Evidence.action_id).where(Evidence.removed_at.is_(None))
    return query.outerjoin(Person, Person.id == Evidence.created_by)


def _steps() -> _Query:
    columns = _columns(
        "step",
        MilestoneStep,
        MilestoneStep.created_by,
        day=MilestoneStep.effective_on,
        update_id=MilestoneStep.update_id,
        milestone_id=MilestoneStep.milestone_id,
        code=MilestoneStep.kind,
        turn=MilestoneStep.occurrence_due,
        first=MilestoneStep.reason,
    )
    return _of_milestones(select(*columns), MilestoneStep, MilestoneStep.created_by)


def _asked() -> _Query:
    columns = _columns(
        "asked",
        DateChange,
        DateChange.created_by,
        day=DateChange.asked_on,
        update_id=DateChange.update_id,
        milestone_id=DateChange.milestone_id,
        code=DateChange.kind,
        state=DateChange.state,
        first=DateChange.reason,
        version=DateChange.version,
    )
    return _of_milestones(select(*columns), DateChange, DateChange.created_by)


def _decided() -> _Query:
    columns = _columns(
        "decided",
        DateChange,
        DateChange.decided_by,
        day=DateChange.decided_on,
        at=DateChange.changed_at,
        milestone_id=DateChange.milestone_id,
        code=DateChange.kind,
        state=DateChange.state,
        first=DateChange.decided_note,
    )
    query = _of_milestones(select(*columns), DateChange, DateChange.decided_by)
    return query.where(DateChange.decided_by.is_not(None))


def _brought() -> _Query:
    """Return what a later version of the plan changed of the action."""
    columns = _columns(
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
    query = select(*columns).join(Reimport, Reimport.id == ReimportChange.reimport_id)
    query = query.join(Action, Action.id == ReimportChange.action_id)
    return query.outerjoin(Person, Person.id == ReimportChange.created_by)


def _overrides() -> tuple[_Query, ...]:
    """Return the asking for overrides, the decisions on them, and what ended them early."""
    parts = (
        ("override", Override.asked_by_id, Override.asked_on, Override.created_at),
        ("override_decided", Override.decided_by_id, Override.decided_on, Override.decided_at),
        ("override_ended", Override.ended_by_id, Override.ended_on, Override.ended_at),
    )
    return tuple(_override(*part) for part in parts)


def _override(source: str, by: Any, day: Any, at: Any) -> _Query:
    columns = _columns(
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
    query = select(*columns).join(Action, Action.id == Override.action_id).where(day.is_not(None))
    return query.join(Evidence, Evidence.id == Override.evidence_id).outerjoin(Person, Person.id == by)


def _links() -> _Query:
    return _of_links(
        "link",
        ActionLink.decided_by_id,
        day=func.coalesce(ActionLink.effective_on, ActionLink.ended_on),
        at=ActionLink.decided_at,
        first=ActionLink.text,
    ).where(ActionLink.decided_at.is_not(None))


def _ended_links() -> _Query:
    """Return the ends of links: nothing changes in one that has ended, so who ended it changed it last."""
    ended = ActionLink.ended_on
    query = _of_links("ended", ActionLink.changed_by, day=ended, at=ActionLink.changed_at, first=ActionLink.ended_why)
    return query.where(ended.is_not(None), ActionLink.status == LinkStatus.CONFIRMED)


def _of_links(source: str, by: Any, **given: Any) -> _Query:
    """Return links from an action, with the number and title of the other as place and way."""
    other = aliased(Action)
    columns = _columns(
        source,
        ActionLink,
        by,
        code=ActionLink.kind,
        state=ActionLink.status,
        place=func.coalesce(other.ref, ""),
        way=func.coalesce(other.title, ""),
        **given,
    )
    query = select(*columns).select_from(ActionLink).join(Action, Action.id == ActionLink.from_id)
    return query.outerjoin(other, other.id == ActionLink.to_id).outerjoin(Person, Person.id == by)


def _numbers() -> _Query:
    columns = _columns(
        "number",
        FormerNumber,
        FormerNumber.created_by,
        day=FormerNumber.until_on,
        code=literal(""),
        first=FormerNumber.number,
    )
    query = select(*columns).join(Action, Action.id == FormerNumber.action_id)
    return query.outerjoin(Person, Person.id == FormerNumber.created_by)


def _wordings() -> _Query:
    columns = _columns(
        "wording",
        FormerWording,
        FormerWording.created_by,
        day=FormerWording.effective_on,
        code=FormerWording.what,
        first=FormerWording.before,
        second=FormerWording.after,
    )
    query = select(*columns).join(Action, Action.id == FormerWording.action_id)
    return query.outerjoin(Person, Person.id == FormerWording.created_by)


def _of_milestones(query: _Query, kind: Any, by: Any) -> _Query:
    query = query.join(Milestone, Milestone.id == kind.milestone_id).join(Action, Action.id == Milestone.action_id)
    return query.outerjoin(Person, Person.id == by)
