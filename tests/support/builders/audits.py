"""Makes themes, tools, rounds, case references, audits in every state and concerns for tests, through the commands."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, a_unit
from tests.support.builders.plans import Day, a_day
from tracker.audits import commands, queries
from tracker.audits.commands import Development, SectionAnswers
from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference, ImmediateConcern, RemedialAction, Theme
from tracker.audits.rules.answers import AnswerKind, AnswerValue, Reply
from tracker.audits.rules.choosing import MODERATE_NOTHING, ChoosingRule
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.remedials import Priority
from tracker.audits.rules.tool import Question, Section
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade, Selection
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.rules import Role

# The section whose grade answers on a theme.
_HOME = {section.theme: section.number for section in DEFAULT_TOOL.sections if section.theme}


def a_theme(session: Session, code: str = "assessment") -> Theme:
    """Return a theme of the default list, filling the list when it is empty."""
    commands.add_default_themes(session)
    return session.scalars(select(Theme).where(Theme.code == code)).one()


def a_tool(session: Session, number: int = DEFAULT_TOOL.number) -> AuditTool:
    """Return a version of the default tool, shipped with its themes when it is not there."""
    commands.add_default_themes(session)
    commands.add_default_tools(session)
    found = queries.audit_tool(session, DEFAULT_TOOL.slug, number)
    assert found is not None
    return found


def a_round(
    session: Session,
    *,
    name: str = "November audits",
    starts: Day = "-25d",
    due: Day = "+4d",
    selection: Selection = Selection.RANDOM,
    by: Person | None = None,
) -> AuditRound:
    """Return the round of a name, made when there is none yet; there is a tool with which to give its files out."""
    if queries.live_tool(session) is None:
        a_tool(session)
    known = session.scalar(select(AuditRound).where(AuditRound.name == name))
    return known or commands.make_round(
        session,
        name=name,
        starts_on=a_day(starts) or clock.today(),
        due_on=a_day(due) or clock.today(),
        selection=selection,
        sample_target=20,
        by=by or _moderator(session),
    )


def a_case(
    session: Session,
    *,
    code: str | None = None,
    category: Category = Category.CHILD_PROTECTION,
    unit: Unit | None = None,
    by: Person | None = None,
) -> CaseReference:
    """Make a case reference, with a random code unless one is given."""
    unit = unit or session.scalar(select(Unit).order_by(Unit.id).limit(1)) or a_unit(session)
    return commands.add_case(session, code=code, category=category, unit=unit, by=by or _moderator(session))


def an_audit(
    session: Session,
    *,
    auditor: Person | None = None,
    audit_round: AuditRound | None = None,
    case: CaseReference | None = None,
    code: str | None = None,
    due: Day = None,
    tool: AuditTool | None = None,
) -> Audit:
    """Allocate an audit that nobody has begun."""
    by = _moderator(session)
    audit_round = audit_round or a_round(session, by=by)
    return commands.allocate_audit(
        session,
        audit_round,
        case or a_case(session, code=code, by=by),
        auditor=auditor or a_person(session, Role.AUDITOR, "Ruth Osei"),
        due_on=a_day(due),
        tool=tool,
        by=by,
    )


def answered(
    session: Session,
    audit: Audit,
    *,
    grade: Grade = Grade.GOOD,
    grades: dict[int, Grade | NoGrade] | None = None,
    strengths: dict[str, str] | None = None,
    developments: dict[str, str] | None = None,
    replies: dict[str, AnswerValue] | None = None,
) -> Audit:
    """Write every section of an audit: one grade everywhere unless `grades` says otherwise.

    Strengths and developments are words by theme code; each stands in the section of its theme, else in section 4.
    What has to be answered is met, or what `replies` says of its theme.
    """
    audit = loaded(session, audit)
    tool = queries.asked_of(session, audit)
    for section in (section for section in tool.sections if section.is_graded):
        answer = (grades or {}).get(section.number, grade)
        said = _answers(session, section, answer, strengths or {}, developments or {})
        said = replace(said, replies=_replies(section, answer, replies or {}))
        commands.save_section(session, audit, section.number, answers=said, version=0, by=audit.auditor)
    commands.set_overall(session, audit, grade=grade, reason="Weighed as a whole.", version=0, by=audit.auditor)
    return audit


def a_sent_audit(
    session: Session,
    *,
    auditor: Person | None = None,
    audit_round: AuditRound | None = None,
    case: CaseReference | None = None,
    code: str | None = None,
    on: Day = None,
    grade: Grade = Grade.GOOD,
    grades: dict[int, Grade | NoGrade] | None = None,
    strengths: dict[str, str] | None = None,
    developments: dict[str, str] | None = None,
    replies: dict[str, AnswerValue] | None = None,
    tool: AuditTool | None = None,
    rule: ChoosingRule = MODERATE_NOTHING,
) -> Audit:
    """Make an audit that was sent, done today or on the day given; final, unless `rule` has it moderated.

    An inadequate one has something to put right.
    """
    audit = an_audit(session, auditor=auditor, audit_round=audit_round, case=case, code=code, tool=tool)
    answered(
        session, audit, grade=grade, grades=grades, strengths=strengths, developments=developments, replies=replies
    )
    if grade is Grade.INADEQUATE:
        a_remedial(session, audit)
    return commands.send_audit(session, audit, audited_on=a_day(on), names_confirmed=True, rule=rule, by=audit.auditor)


def a_concern(
    session: Session,
    audit: Audit,
    *,
    by: Person,
    told_to: str = "Duty team manager",
    what: str = "The safety plan no longer holds.",
    told_at: datetime | None = None,
    rule: ChoosingRule = MODERATE_NOTHING,
) -> ImmediateConcern:
    """Raise a concern from an audit, told half an hour ago; it is moderated for it only if `rule` says so."""
    told_at = told_at or clock.now() - timedelta(minutes=30)
    return commands.raise_concern(session, audit, told_to=told_to, told_at=told_at, what=what, rule=rule, by=by)


def a_remedial(
    session: Session,
    audit: Audit,
    *,
    owner: Person | None = None,
    text: str = "Hold the review that was missed.",
    priority: Priority = Priority.STANDARD,
    due: Day = None,
    by: Person | None = None,
) -> RemedialAction:
    """Give somebody something to put right after an audit, due by its class unless a day is given."""
    return commands.add_remedial(
        session,
        loaded(session, audit),
        text=text,
        owner=owner or _lead(session),
        priority=priority,
        due_on=a_day(due),
        by=by or audit.auditor,
    )


def loaded(session: Session, audit: Audit) -> Audit:
    """Return an audit with everything beside it, as commands and pages take it."""
    session.flush()
    found = queries.audit(session, audit.public_id)
    assert found is not None
    return found


def month_before(months: int) -> date:
    """Return the tenth day of the month that is so many months before this one."""
    today = clock.today()
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 10)


def _answers(
    session: Session, section: Section, answer: Grade | NoGrade, strengths: dict[str, str], developments: dict[str, str]
) -> SectionAnswers:
    def here(code: str) -> bool:
        return _HOME.get(code, 4) == section.number

    strong = [code for code in strengths if here(code)]
    return SectionAnswers(
        grade=answer if isinstance(answer, Grade) else None,
        no_grade=answer if isinstance(answer, NoGrade) else None,
        strengths=" ".join(strengths[code] for code in strong),
        strength_themes=tuple(a_theme(session, code).id for code in strong),
        developments=tuple(
            Development(a_theme(session, code).id, text) for code, text in developments.items() if here(code)
        ),
    )


def _replies(section: Section, grade: Grade | NoGrade, wanted: dict[str, AnswerValue]) -> dict[int, Reply]:
    """Answer what a section requires, and of the rest what `wanted` names; a section that does not apply, nothing."""
    if grade is NoGrade.NOT_APPLICABLE:
        return {}
    asked = [one for one in section.questions if one.is_required or one.theme in wanted]
    return {one.id: Reply(_value(one, wanted)) for one in asked}


def _value(question: Question, wanted: dict[str, AnswerValue]) -> AnswerValue:
    well = AnswerValue.GOOD if question.kind is AnswerKind.GRADE else AnswerValue.MET
    return wanted.get(question.theme or "", well)


def _lead(session: Session) -> Person:
    known = session.scalar(select(Person).where(Person.name == "Tom Whitcombe"))
    return known or a_person(session, Role.LEAD, "Tom Whitcombe")


def _moderator(session: Session) -> Person:
    known = session.scalar(select(Person).where(Person.name == "Marcus Bell"))
    return known or a_person(session, Role.MODERATOR, "Marcus Bell")
