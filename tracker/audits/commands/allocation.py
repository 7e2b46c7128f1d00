"""Making rounds, adding case references and giving files to auditors; what an audit says is not written here."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference
from tracker.audits.queries.tools import live_tool
from tracker.audits.rules.limits import LARGEST_SAMPLE
from tracker.audits.rules.names import reference_fault
from tracker.audits.rules.tool import ToolState
from tracker.audits.rules.vocabulary import Category, Selection
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, random_code, slug
from tracker.people.models import Person, Unit
from tracker.people.policy import roles_of
from tracker.people.rules import Role

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
    by: Person,
) -> AuditRound:
    """Make a round of audits with the day by which they are due and how its files are chosen (domain A2, Round).

    Raises `Invalid` or `Conflict` beside the field that is wrong.
    """
    name = one_line(name)
    if not name or len(name) > _NAME_LENGTH:
        raise Invalid("name", f"Enter a name of 1 to {_NAME_LENGTH} characters")
    if due_on < starts_on:
        raise Invalid("due_on", "The day it is due must not be before the day it starts")
    if not 1 <= sample_target <= LARGEST_SAMPLE:
        raise Invalid("sample_target", f"Enter a number of files from 1 to {LARGEST_SAMPLE:,}")
    taken = select(AuditRound.id).where((func.lower(AuditRound.name) == name.lower()) | (AuditRound.slug == slug(name)))
    if slug(name) in _ADDRESSES_TAKEN or session.scalar(taken):
        raise Conflict("name", "There is a round of this name already")
    made = AuditRound(
        slug=slug(name),
        name=name,
        starts_on=starts_on,
        due_on=due_on,
        selection=selection,
        sample_target=sample_target,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(made)
    session.flush()
    return made


def add_case(session: Session, *, code: str | None, category: Category, unit: Unit, by: Person) -> CaseReference:
    """Add a case reference under a code, or under a random one when none is given.

    Raises `Invalid` when the code could tell who the child is (domain A13) and `Conflict` when it is in use.
    """
    if code:
        code = code.strip()
        if fault := reference_fault(code):
            raise Invalid("code", fault)
        code = code.upper()
        if session.scalar(select(CaseReference.id).where(CaseReference.code == code)):
            raise Conflict("code", "This case reference is in use already")
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
    by: Person,
) -> Audit:
    """Give a file of a round to an auditor, due with the round unless another day is given.

    The audit keeps the version of the tool that is in use now, unless another one, never a draft, is given. The auditor
    comes with roles loaded. Raises `Invalid` when they hold no auditor's role today, and `Conflict` when the round has
    this case already or no tool is in use.
    """
    if not auditor.is_active or Role.AUDITOR not in roles_of(auditor):
        raise Invalid("auditor", "Choose a person who is an auditor")
    due_on = due_on or audit_round.due_on
    if due_on < audit_round.starts_on:
        raise Invalid("due_on", "The day it is due must not be before the round starts")
    if session.scalar(select(Audit.id).where(Audit.round_id == audit_round.id, Audit.case_id == case.id)):
        raise Conflict("code", "This file is in the round already")
    audit = Audit(
        public_id=random_code(_ADDRESS_LENGTH),
        round=audit_round,
        case=case,
        auditor=auditor,
        tool=_usable(session, tool),
        due_on=due_on,
        sections=[],
        answers=[],
        findings=[],
        concerns=[],
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(audit)
    session.flush()
    return audit


def _usable(session: Session, tool: AuditTool | None) -> AuditTool:
    found = tool or live_tool(session)
    if found is None or found.state is ToolState.DRAFT:
        raise Conflict(None, "No audit tool is in use, so no file can be given out")
    return found


def unused_code(session: Session) -> str:
    """Return a random code that passes for a reference itself: it must not look like a postcode or a word."""
    while True:
        code = f"A-{random_code(4)}-{random_code(2)}"
        if reference_fault(code) is None and not session.scalar(
            select(CaseReference.id).where(CaseReference.code == code)
        ):
            return code
