"""Making rounds, adding case references and giving files to auditors; what an audit says is not written here."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import case as case_when
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.spent_references import SPENT, is_spent
from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference, Mechanism, SampleFile, Theme
from tracker.audits.queries.independence import Independence, independence
from tracker.audits.queries.tools import live_tool
from tracker.audits.rules.limits import LARGEST_SAMPLE
from tracker.audits.rules.names import reference_fault, title_tells
from tracker.audits.rules.programme import RecordKind
from tracker.audits.rules.tool import ToolState
from tracker.audits.rules.vocabulary import Category, Mode, Selection
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, random_code, slug
from tracker.people.models import Person, Unit
from tracker.people.policy import roles_of
from tracker.people.rules import Role


@dataclass(frozen=True)
class RoundFocus:
    """What a round belongs to and looks at, with which tool and how, and how many months are read and judged."""

    mechanism_id: int | None = None
    theme_id: int | None = None
    tool_id: int | None = None
    read_months: int | None = None
    judged_months: int | None = None
    mode: Mode = Mode.DESK


_NAME_LENGTH = 120
_ADDRESS_LENGTH = 16
# The address of the page that makes a round.
_ADDRESSES_TAKEN = frozenset({"new"})


def make_round(
    session: Session,
    *,
    name: str,
    starts_on: date,
    due_on: date,
    selection: Selection,
    sample_target: int,
    focus: RoundFocus | None = None,
    by: Person,
) -> AuditRound:
    """Make a round of audits with the day by which they are due and how its files are chosen (domain A2, Round).

    `focus` says what it belongs to and looks at. Raises `Invalid` or `Conflict` beside the field that is wrong.
    """
    name, focus = one_line(name), focus or RoundFocus()
    _check_name(name, starts_on)
    if due_on < starts_on:
        raise Invalid("due_on", "The day it is due must not be before the day it starts")
    if not 1 <= sample_target <= LARGEST_SAMPLE:
        raise Invalid("sample_target", f"Enter a number of files from 1 to {LARGEST_SAMPLE:,}")
    taken = select(AuditRound.id).where((func.lower(AuditRound.name) == name.lower()) | (AuditRound.slug == slug(name)))
    if slug(name) in _ADDRESSES_TAKEN or session.scalar(taken):
        raise Conflict("name", "There is a round of this name already")
    _check_focus(session, focus)
    made = AuditRound(
        slug=slug(name),
        name=name,
        starts_on=starts_on,
        due_on=due_on,
        selection=selection,
        sample_target=sample_target,
        **asdict(focus),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(made)
    session.flush()
    return made


def add_case(session: Session, *, code: str | None, category: Category, unit: Unit, by: Person) -> CaseReference:
    """Add a case reference under a code, or under a random one when none is given.

    Raises `Invalid` when the code could tell who the child is (domain A13), `Conflict` when it is in use or ever was.
    """
    if code:
        code = code.strip()
        if fault := reference_fault(code):
            raise Invalid("code", fault)
        code = code.upper()
        if session.scalar(select(CaseReference.id).where(CaseReference.code == code)):
            raise Conflict("code", "This case reference is in use already")
        if is_spent(session, code):
            raise Conflict("code", SPENT)
    case = CaseReference(
        code=code or unused_code(session),
        category=category,
        unit=unit,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(case)
    session.flush()
    return case


def allocate_audit(
    session: Session,
    audit_round: AuditRound,
    case: CaseReference,
    *,
    auditor: Person,
    due_on: date | None = None,
    tool: AuditTool | None = None,
    facts: Independence | None = None,
    by: Person,
) -> Audit:
    """Give a file of a round to an auditor, due with the round unless another day is given.

    It keeps the tool given, or the version in use of that of the round, else of the usual one; and how its file was
    chosen. Raises `Invalid` for no auditor or one not independent of the file (domain A2), `Conflict` for a closed
    round, a case twice or no tool in use.
    """
    if audit_round.closed_on is not None:
        raise Conflict(None, "This round is closed, so no file can be given out")
    refuse_dependent(session, auditor, case, facts=facts)
    if session.scalar(select(Audit.id).where(Audit.round_id == audit_round.id, Audit.case_id == case.id)):
        raise Conflict("code", "This file is in the round already")
    audit = Audit(
        public_id=random_code(_ADDRESS_LENGTH),
        round=audit_round,
        case=case,
        auditor=auditor,
        tool=_usable(tool or _tool_of(session, audit_round)),
        selection=_chosen_otherwise(session, audit_round, case),
        mode=audit_round.mode,
        due_on=_day_in(audit_round, due_on),
        sections=[],
        answers=[],
        findings=[],
        concerns=[],
        remedials=[],
        created_by=by.id,
        changed_by=by.id,
    )
    return _stored(session, audit)


def _stored(session: Session, audit: Audit) -> Audit:
    session.add(audit)
    session.flush()
    return audit


def _day_in(audit_round: AuditRound, due_on: date | None) -> date:
    """Return the day given, or that of the round; `Invalid` when it is before the round starts."""
    due_on = due_on or audit_round.due_on
    if due_on < audit_round.starts_on:
        raise Invalid("due_on", "The day it is due must not be before the round starts")
    return due_on


def refuse_dependent(
    session: Session, auditor: Person, case: CaseReference, *, facts: Independence | None = None
) -> None:
    """Raise `Invalid` unless somebody is an auditor today and independent of a file (domain A2)."""
    if not auditor.is_active or Role.AUDITOR not in roles_of(auditor):
        raise Invalid("auditor", "Choose a person who is an auditor")
    why = (facts or independence(session, {case.id})).why_not(auditor, case.id, case.unit_id)
    if why is not None:
        raise Invalid("auditor", f"Choose somebody else: {auditor.name} {why.words}")


def _tool_of(session: Session, audit_round: AuditRound) -> AuditTool | None:
    """Return the version in use of the tool that a round names, or of the usual one where it names none."""
    if audit_round.tool_id is None:
        return live_tool(session)
    found = live_tool(session, session.get_one(AuditTool, audit_round.tool_id).slug)
    if found is None:
        raise Conflict(None, "The tool of this round is no longer in use")
    return found


def _chosen_otherwise(session: Session, audit_round: AuditRound, case: CaseReference) -> Selection | None:
    """Return how a file was chosen that no draw chose: added by hand to a drawn sample it is targeted, not random."""
    in_round = SampleFile.round_id == audit_round.id
    is_drawn = case_when(((SampleFile.case_id == case.id) & SampleFile.is_reserve.is_(False), 1))
    drawn, sampled = session.execute(select(func.count(is_drawn), func.count(SampleFile.id)).where(in_round)).one()
    return Selection.TARGETED if sampled and not drawn else None


def _check_name(name: str, starts_on: date) -> None:
    """Raise `Invalid` for a name of a round that is missing, too long, or says who somebody is (domain A13)."""
    if not name or len(name) > _NAME_LENGTH:
        raise Invalid("name", f"Enter a name of 1 to {_NAME_LENGTH} characters")
    if title_tells(name, today=starts_on):
        raise Invalid("name", "This could say who somebody is, and the name stands in addresses. Use other words")


def _check_focus(session: Session, focus: RoundFocus) -> None:
    """Raise `Invalid` beside the field of a focus that does not fit."""
    for field, kind, key in (
        ("mechanism", Mechanism, focus.mechanism_id),
        ("theme", Theme, focus.theme_id),
        ("tool", AuditTool, focus.tool_id),
    ):
        if key is not None and session.get(kind, key) is None:
            raise Invalid(field, "Choose one from the list")
    if focus.mechanism_id and session.get_one(Mechanism, focus.mechanism_id).kind is not RecordKind.CASE_AUDIT:
        raise Invalid("mechanism", "Only a mechanism that audits case files has rounds")
    if focus.tool_id and session.get_one(AuditTool, focus.tool_id).state is not ToolState.LIVE:
        raise Invalid("tool", "Choose a tool that is in use")
    if (focus.read_months is None) != (focus.judged_months is None):
        raise Invalid("judged_months", "Give both: how many months are read, and how many of these are judged")
    if focus.read_months and focus.judged_months and focus.judged_months > focus.read_months:
        raise Invalid("judged_months", "Only months that are read can be judged")


def _usable(tool: AuditTool | None) -> AuditTool:
    if tool is None or tool.state is ToolState.DRAFT:
        raise Conflict(None, "No audit tool is in use, so no file can be given out")
    return tool


def unused_code(session: Session) -> str:
    """Return a random code that passes for a reference itself: it must not look like a postcode or a word."""
    while True:
        code = f"A-{random_code(4)}-{random_code(2)}"
        taken = select(CaseReference.id).where(CaseReference.code == code)
        if reference_fault(code) is None and not session.scalar(taken) and not is_spent(session, code):
            return code
