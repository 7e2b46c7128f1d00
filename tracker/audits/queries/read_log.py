"""Reading who opened, took away or was refused what of audits, from the change log; nothing is written here.

Search words, themes with the words of findings and lists of a case count as opened too: each holds words of cases.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, cast, func, literal_column, or_, select, true
from sqlalchemy.orm import Session

from tracker.audits.models import (
    Audit,
    CaseReference,
    Dispute,
    Exemption,
    ImmediateConcern,
    Moderation,
    MoreTime,
    ReAudit,
    RemedialAction,
    SampleFile,
)
from tracker.core import clock
from tracker.core.changelog.chain import moment
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.changelog.values import canonical
from tracker.people.models import Person
from tracker.people.policy import Permission

_PERSON = "person:"
# Refusals of these are about audits; those about plans and settings are no business of the QA lead.
_NOUNS = frozenset(
    {
        "alert",
        "audit",
        "audit_report",
        "concern",
        "exemption",
        "finding",
        "hold",
        "moderation",
        "readlog",
        "remedial",
        "retention",
        "round",
    }
)
# What leaves as a file of a plan, or of somebody's own actions.
_OF_PLANS = ("plan", "action", "person")
# What hangs on one audit, by the name of its table in the log.
_ON_AUDITS = (ImmediateConcern, RemedialAction, ReAudit, MoreTime, Exemption, Moderation)


class Reading(StrEnum):
    """What somebody did, or tried, with records of cases."""

    OPENED = "opened"
    EXPORTED = "exported"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """The act as pages name it."""
        return {"opened": "Opened", "exported": "Taken away as a file", "refused": "Refused"}[self.value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted: of these days, both included, of one act, of one person, about one case."""

    since: date
    until: date
    act: Reading | None = None
    person_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry: when, who, what they did, and with what; `detail` is empty where retention erased it."""

    number: int
    at: datetime
    who: str
    act: Reading
    kind: str
    key: str
    detail: dict[str, Any]
    code: str
    public_id: str


def read_count(session: Session, wanted: Wanted) -> int:
    """Return how many entries are wanted, in one query."""
    return session.scalar(_entries(wanted).with_only_columns(func.count(log_entry.c.number))) or 0


def read_entries(session: Session, wanted: Wanted, *, limit: int | None = 100, offset: int = 0) -> list[ReadEntry]:
    """Return the wanted entries, the newest first, with the names and cases that they are about: three queries."""
    query = _entries(wanted).order_by(log_entry.c.number.desc()).limit(limit).offset(offset)
    rows = session.execute(query).all()
    people = _names(session, {row.actor for row in rows})
    cases = _cases(session, {(row.subject_kind, row.subject_id) for row in rows})
    return [
        ReadEntry(
            number=row.number,
            at=datetime.fromisoformat(row.at),
            who=people.get(row.actor, "Nobody signed in" if row.actor == "nobody" else row.actor),
            act=Reading(row.act),
            kind=row.subject_kind,
            key=row.subject_id,
            detail=json.loads(row.after) if row.after else {},
            code=cases.get((row.subject_kind, row.subject_id), ("", ""))[0],
            public_id=cases.get((row.subject_kind, row.subject_id), ("", ""))[1],
        )
        for row in rows
    ]


def readers(session: Session) -> list[Person]:
    """Return the people of whom there may be entries, by name: not who came with past audits."""
    query = select(Person).where(or_(Person.is_active, Person.grants.any()))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def _entries(wanted: Wanted) -> Select[Any]:
    first = moment(clock.moment_in_england(wanted.since, time.min))
    after = moment(clock.moment_in_england(wanted.until + timedelta(days=1), time.min))
    columns = log_entry.c.number, log_entry.c.at, log_entry.c.actor, log_entry.c.act, log_entry.c.subject_kind
    query = select(*columns, log_entry.c.subject_id, log_payload.c.after).select_from(
        log_entry.outerjoin(log_payload, log_payload.c.entry_number == log_entry.c.number)
    )
    return query.where(
        # Written out, so that the index of just these acts is used.
        literal_column("log_entry.act IN ('opened', 'exported', 'refused')"),
        log_entry.c.at >= first,
        log_entry.c.at < after,
        _about_audits(),
        log_entry.c.act == wanted.act.value if wanted.act else true(),
        log_entry.c.actor == f"{_PERSON}{wanted.person_id}" if wanted.person_id else true(),
        _of_case(wanted.case_id) if wanted.case_id else true(),
    )


def _about_audits() -> ColumnElement[bool]:
    refused = [canonical({"permission": one.value}) for one in Permission if one.value.split(":")[0] in _NOUNS]
    return or_(
        log_entry.c.act == Reading.OPENED.value,
        and_(log_entry.c.act == Reading.EXPORTED.value, log_entry.c.subject_kind.not_in(_OF_PLANS)),
        and_(log_entry.c.act == Reading.REFUSED.value, log_payload.c.after.in_(refused)),
    )


def _of_case(case_id: int) -> ColumnElement[bool]:
    """Ask for entries about the audits of a case and what hangs on these, by the keys that the log names them with."""
    audits = select(Audit.id).where(Audit.case_id == case_id)
    conditions = [_about(Audit, audits), _about(SampleFile, select(SampleFile.id).where(SampleFile.case_id == case_id))]
    conditions += [_about(kind, select(kind.id).where(kind.audit_id.in_(audits))) for kind in _ON_AUDITS]
    moderations = select(Moderation.id).where(Moderation.audit_id.in_(audits))
    conditions.append(_about(Dispute, select(Dispute.id).where(Dispute.moderation_id.in_(moderations))))
    return or_(*conditions)


def _about(kind: Any, ids: Select[int]) -> ColumnElement[bool]:
    keys = ids.with_only_columns(cast(kind.id, String))
    return and_(log_entry.c.subject_kind == kind.__tablename__, log_entry.c.subject_id.in_(keys))


def _names(session: Session, actors: set[str]) -> dict[str, str]:
    ids = [int(actor.removeprefix(_PERSON)) for actor in actors if actor.startswith(_PERSON)]
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {f"{_PERSON}{row.id}": row.name for row in found}


def _cases(session: Session, subjects: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the code of the case and the address of the audit that each subject hangs on, in one query."""
    arms = list(_arms(subjects))
    if not arms:
        return {}
    found = session.execute(arms[0].union_all(*arms[1:])).all()
    return {(row.kind, str(row.key)): (row.code, row.public_id) for row in found}


def _arms(subjects: set[tuple[str, str]]) -> Iterator[Select[Any]]:
    kinds = {kind.__tablename__: kind for kind in (Audit, *_ON_AUDITS, Dispute, SampleFile)}
    for name, kind in kinds.items():
        ids = [int(key) for held, key in subjects if held == name and key.isdecimal()]
        if ids:
            yield _arm(name, kind).where(kind.id.in_(ids))


def _arm(name: str, kind: Any) -> Any:
    said = literal_column(f"'{name}'", String).label("kind")
    asked = select(said, cast(kind.id, Integer).label("key"), CaseReference.code.label("code"))
    if kind is SampleFile:
        none = literal_column("''", String).label("public_id")
        return asked.add_columns(none).join(CaseReference, CaseReference.id == SampleFile.case_id)
    asked = asked.add_columns(Audit.public_id.label("public_id"))
    if kind is Audit:
        return asked.select_from(Audit).join(CaseReference, CaseReference.id == Audit.case_id)
    if kind is Dispute:
        asked = asked.select_from(Dispute).join(Moderation, Moderation.id == Dispute.moderation_id)
        return asked.join(Audit, Audit.id == Moderation.audit_id).join(CaseReference, CaseReference.id == Audit.case_id)
    return (
        asked.select_from(kind)
        .join(Audit, Audit.id == kind.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
    )
