"""Writing a multi-agency audit: asking agencies for their part, entering each part, and what all of them agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.audits.commands.other_records import Wording, check_theme, check_words, refuse_future
from tracker.audits.models import AgencyAgreement, AgencyPart, AgencyPoint, Audit, Theme
from tracker.audits.queries.agencies import Agencies, agencies_of
from tracker.audits.rules.agencies import AGREED_BY_LENGTH, AGREED_LENGTH, GIVEN_BY_LENGTH, MOST_AGENCIES, PartState
from tracker.audits.rules.limits import DEVELOPMENT_LENGTH, REASON_LENGTH
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Grade
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person, Unit
from tracker.people.rules import UnitKind, holds_on

_CLOSED = "This audit was sent or made void, so it can no longer be changed"
_CHANGED = "Somebody else changed this while you were writing. What is stored now is shown"


@dataclass(frozen=True)
class Point:
    """A strength, or something to develop, on a theme."""

    kind: FindingKind
    theme: Theme | None
    words: str


@dataclass(frozen=True)
class Part:
    """What an agency gave: by whom, by post, on which day, its grade and its points."""

    given_by: str
    given_on: date
    grade: Grade
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Agreed:
    """What the agencies agreed: the grade of the whole, in which words, by which posts and on which day."""

    grade: Grade
    words: str
    agreed_by: str
    agreed_on: date


def ask_agency(session: Session, audit: Audit, unit: Unit, *, by: Person) -> AgencyPart:
    """Ask a partner organisation for its part of an open multi-agency audit.

    Raises `Conflict` for an audit that is not one or is closed, and for an agency that was asked already; `Invalid` for
    a unit that is no partner today.
    """
    held = _open(session, audit)
    if unit.kind is not UnitKind.PARTNER or not holds_on(clock.today(), unit.starts_on, unit.ends_on):
        raise Invalid("unit", "Choose a partner organisation from the list")
    if unit.id in {part.unit_id for part in held.parts}:
        raise Conflict("unit", f"{unit.name} takes part already")
    if len(held.parts) >= MOST_AGENCIES:
        raise Conflict(None, f"At most {MOST_AGENCIES} agencies take part in an audit")
    part = AgencyPart(
        audit_id=audit.id, number=len(held.parts) + 1, unit=unit, points=[], created_by=by.id, changed_by=by.id
    )
    session.add(part)
    _reopen(held, by)
    _touch(audit, by)
    session.flush()
    return part


def give_part(
    session: Session, audit: Audit, number: int, given: Part, *, names_confirmed: bool, version: int, by: Person
) -> AgencyPart:
    """Enter what an agency gave, or put it right; what was agreed before has to be agreed again.

    Raises `Conflict` when it was changed since or the audit is closed, `Invalid` for a day to come, a point without its
    theme or words, and words that are too long or look like names.
    """
    held = _open(session, audit)
    part = _part(held, number, version)
    refuse_future("given_on", given.given_on)
    points = [point for point in given.points if point.words or point.theme]
    for point in points:
        _check_point(point, given.given_on)
    wordings = {"given_by": Wording(one_line(given.given_by), "The post", GIVEN_BY_LENGTH, "Say who gave it, by post")}
    wordings |= {
        f"point_{place}": Wording(point.words, "Each point", DEVELOPMENT_LENGTH) for place, point in enumerate(points)
    }
    check_words(session, wordings, confirmed=names_confirmed)
    part.state, part.given_by, part.given_on = PartState.GIVEN, one_line(given.given_by), given.given_on
    part.grade, part.not_given_why = given.grade, ""
    _put_points(session, part, points, by)
    _touch(part, by)
    _reopen(held, by)
    _touch(audit, by)
    session.flush()
    return part


def mark_not_given(
    session: Session, audit: Audit, number: int, *, why: str, names_confirmed: bool, version: int, by: Person
) -> AgencyPart:
    """Say that an agency gave no part and why; what it may have said before is set aside and stays in the log."""
    held = _open(session, audit)
    part = _part(held, number, version)
    wording = Wording(why, "Why", REASON_LENGTH, "Say why it was not given")
    check_words(session, {"not_given_why": wording}, confirmed=names_confirmed)
    part.state, part.not_given_why = PartState.NOT_GIVEN, why
    part.given_by, part.given_on, part.grade = "", None, None
    _put_points(session, part, [], by)
    _touch(part, by)
    _reopen(held, by)
    _touch(audit, by)
    session.flush()
    return part


def agree_agencies(
    session: Session, audit: Audit, agreed: Agreed, *, names_confirmed: bool, version: int, by: Person
) -> AgencyAgreement:
    """Keep what the agencies agreed over all their parts: its grade becomes the overall grade of the audit.

    `version` is that of an earlier agreement, 0 when there is none. Raises `Conflict` while a part is waited for, and
    when somebody agreed since; `Invalid` for a day to come and for words as `give_part` does.
    """
    held = _open(session, audit)
    if held.waiting or not held.parts:
        raise Conflict(None, held.missing[0])
    if (held.agreement.version if held.agreement else 0) != version:
        raise Conflict(None, _CHANGED)
    refuse_future("agreed_on", agreed.agreed_on)
    wordings = {
        "words": Wording(agreed.words, "What was agreed", AGREED_LENGTH, "Say what was agreed"),
        "agreed_by": Wording(one_line(agreed.agreed_by), "Who agreed", AGREED_BY_LENGTH, "Say who agreed, by post"),
    }
    check_words(session, wordings, confirmed=names_confirmed)
    agreement = held.agreement or AgencyAgreement(audit_id=audit.id, created_by=by.id)
    agreement.grade, agreement.words = agreed.grade, agreed.words
    agreement.agreed_by, agreement.agreed_on = one_line(agreed.agreed_by), agreed.agreed_on
    agreement.stands, agreement.changed_by = True, by.id
    session.add(agreement)
    audit.grade = agreed.grade
    _touch(audit, by)
    session.flush()
    return agreement


def _open(session: Session, audit: Audit) -> Agencies:
    if not audit.state.is_open:
        raise Conflict(None, _CLOSED)
    held = agencies_of(session, audit)
    if not held.is_asked:
        raise Conflict(None, "This is no multi-agency audit: its round says how its files are audited")
    return held


def _part(held: Agencies, number: int, version: int) -> AgencyPart:
    part = next((one for one in held.parts if one.number == number), None)
    if part is None or part.version != version:
        raise Conflict(None, _CHANGED)
    return part


def _check_point(point: Point, on: date) -> None:
    field = "strengths" if point.kind is FindingKind.STRENGTH else "developments"
    if point.theme is None or not point.words:
        raise Invalid(field, "Give each point both its theme and its words")
    check_theme(point.theme, on)


def _put_points(session: Session, part: AgencyPart, points: Sequence[Point], by: Person) -> None:
    part.points.clear()
    # Old rows go before new ones of the same positions come.
    session.flush()
    part.points.extend(
        AgencyPoint(
            position=position,
            kind=point.kind,
            theme=point.theme,
            words=point.words,
            created_by=by.id,
            changed_by=by.id,
        )
        for position, point in enumerate(points, start=1)
    )


def _reopen(held: Agencies, by: Person) -> None:
    """Have the agencies agree again: what they agreed was over other parts."""
    if held.agreement is not None:
        held.agreement.stands, held.agreement.changed_by = False, by.id


def _touch(record: Audit | AgencyPart, by: Person) -> None:
    """Make the record count as changed now, even when only what hangs on it changes.

    The audit's version goes up too, so that nothing can be written beside its being sent.
    """
    if isinstance(record, Audit):
        record.state = AuditState.IN_PROGRESS
    record.changed_at, record.changed_by = clock.now(), by.id
    flag_modified(record, "changed_at")
