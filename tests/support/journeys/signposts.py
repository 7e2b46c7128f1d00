"""Which records of the demonstration stand behind the names in the addresses of places; it knows no page."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import (
    AgencyPart,
    AssuranceEvent,
    Audit,
    AuditProgramme,
    AuditRound,
    AuditSample,
    EventFinding,
    Exemption,
    FeedbackSet,
    ImmediateConcern,
    LearningMessage,
    LegalHold,
    Moderation,
    MoreTime,
    PracticeAlert,
    QuickWin,
    ReAudit,
    RemedialAction,
    ThemeReAudit,
    YouSaid,
)
from tracker.audits.rules.other_words import AlertState, EventKind
from tracker.audits.rules.remedials import RemedialState
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.impact.models import ThemeAction
from tracker.people.models import Body, LeadParty, Person
from tracker.plans.models import (
    Action,
    ActionLink,
    Area,
    DateChange,
    Evidence,
    Inspection,
    InspectionItem,
    Milestone,
    Objective,
    Override,
    PendingReimport,
    Plan,
    Reimport,
    Update,
)
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.states import DateChangeState, LinkKind, LinkStatus
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

_DRAFT = (
    select(Audit.public_id)
    .join(Person, Audit.auditor_id == Person.id)
    .where(Audit.state == AuditState.IN_PROGRESS, Audit.mode == Mode.DESK, Person.email.startswith("auditor@"))
)
_ASKED = (
    select(Action.ref, DateChange.id)
    .join(Milestone, Milestone.action_id == Action.id)
    .join(DateChange, DateChange.milestone_id == Milestone.id)
    .where(DateChange.state == DateChangeState.ASKED, DateChange.needs_body.is_(False))
)
_OVERRIDE = (
    select(Action.ref, Override.id)
    .join(Override, Override.action_id == Action.id)
    .where(Override.state == OverrideState.ASKED)
)
_UNDATED = (
    select(Action.ref, Milestone.id)
    .join(Milestone, Milestone.action_id == Action.id)
    .where(Milestone.kind == MilestoneKind.UNDATED, Milestone.state != MilestoneState.DONE)
    .where(Action.closed_code.is_(None))
)
_TURN = (
    select(Action.ref, Milestone.id, Milestone.due)
    .join(Milestone, Milestone.action_id == Action.id)
    .where(Milestone.kind == MilestoneKind.RECURRING, Milestone.due.is_not(None))
)
_UPDATE = select(Action.ref, Update.id).join(Update, Update.action_id == Action.id).order_by(Update.id.desc())
_REFERENCE = (
    select(Action.ref, ActionLink.id)
    .join(ActionLink, ActionLink.from_id == Action.id)
    .where(ActionLink.status == LinkStatus.PROPOSED)
)
_WAIT = (
    select(Action.ref, ActionLink.id)
    .join(ActionLink, ActionLink.from_id == Action.id)
    .where(ActionLink.kind == LinkKind.DEPENDS_ON, ActionLink.status == LinkStatus.CONFIRMED)
)
_FILE = (
    select(Action.ref, Evidence.code)
    .join(Evidence, Evidence.action_id == Action.id)
    .where(Evidence.stored_as.is_not(None), Evidence.result.is_not(None))
)
_LINK = select(ThemeAction.id).where(ThemeAction.ended_on.is_(None))
_REMEDIAL = select(RemedialAction.public_id).where(RemedialAction.state == RemedialState.CLAIMED)
_OWN_REMEDIAL = (
    select(RemedialAction.public_id)
    .join(Person, RemedialAction.owner_id == Person.id)
    .where(RemedialAction.state == RemedialState.OPEN, Person.email.startswith("lead@"))
)
_GIVEN = select(Audit.re_audit_of_id).where(Audit.re_audit_of_id.is_not(None))
_PLANNED = select(ReAudit.audit_id).where(ReAudit.audit_id.not_in(_GIVEN))
_CONCERN = select(ImmediateConcern.public_id).where(ImmediateConcern.acknowledged_at.is_(None))
_LEADS_WIN = (
    select(QuickWin.public_id)
    .join(Person, QuickWin.owner_id == Person.id)
    .where(Person.email.startswith("lead@"), QuickWin.done_on.is_(None))
)


def _moderated(*conditions: Any) -> Any:
    """Ask for an audit whose second look stands so."""
    return select(Audit.public_id).join(Moderation, Moderation.audit_id == Audit.id).where(*conditions)


_NAMES: dict[tuple[str, ...], Any] = {
    ("plan",): select(Plan.slug),
    ("inspection",): select(Inspection.id).order_by(Inspection.id),
    ("item",): select(InspectionItem.id).order_by(InspectionItem.id),
    ("dated", "date_change"): _ASKED,
    ("overridden", "override"): _OVERRIDE,
    ("undated", "undated_milestone"): _UNDATED,
    ("turning", "milestone", "due"): _TURN,
    ("wanting", "objective"): select(Area.number, Objective.id).join(Objective, Objective.area_id == Area.id),
    ("updated", "update"): _UPDATE,
    ("referring", "reference"): _REFERENCE,
    ("waiting", "wait"): _WAIT,
    ("filed", "file"): _FILE,
    ("draft",): _DRAFT,
    ("asked_time",): select(MoreTime.id).where(MoreTime.is_agreed.is_(None)),
    ("shared",): select(Audit.public_id)
    .where(Audit.state == AuditState.FINAL)
    .order_by((Audit.worker_role != "").desc(), Audit.id),
    ("to_answer",): select(Audit.public_id).where(Audit.worker_id.is_not(None)),
    ("sent",): select(Audit.public_id).where(Audit.state == AuditState.FINAL),
    ("own_sent",): select(Audit.public_id)
    .join(Audit.auditor)
    .where(Audit.state == AuditState.FINAL, Person.name == "Ruth Osei"),
    ("to_take",): _moderated(Moderation.moderator_id.is_(None), Moderation.outcome.is_(None)),
    ("half_graded",): _moderated(Moderation.taken_at.is_not(None), Moderation.compared_at.is_(None)),
    ("graded_twice",): _moderated(Moderation.compared_at.is_not(None), Moderation.outcome.is_(None)),
    ("moderated",): _moderated(Moderation.outcome.is_not(None)),
    ("round",): select(AuditRound.slug).order_by(AuditRound.starts_on.desc()),
    ("drawn",): select(AuditRound.slug).where(AuditRound.id.in_(select(AuditSample.round_id))),
    ("programme",): select(AuditProgramme.year).order_by(AuditProgramme.year.desc()),
    ("exemption",): select(Exemption.id),
    ("concern",): _CONCERN,
    ("hold",): select(LegalHold.public_id),
    ("remedial",): _REMEDIAL,
    ("own_remedial",): _OWN_REMEDIAL,
    ("plain",): select(Audit.public_id).where(
        Audit.state == AuditState.FINAL, Audit.id.not_in(select(ReAudit.audit_id))
    ),
    ("planned",): select(Audit.public_id).where(Audit.id.in_(_PLANNED)),
    ("re_audit",): select(Audit.public_id).where(Audit.re_audit_of_id.is_not(None), Audit.grade.is_not(None)),
    ("with_agencies",): select(Audit.public_id).where(Audit.id.in_(select(AgencyPart.audit_id))),
    ("theme_re_audit",): select(ThemeReAudit.public_id),
    ("theme_link",): _LINK,
    ("feedback",): select(FeedbackSet.public_id).order_by(FeedbackSet.ends_on.desc()),
    ("alert",): select(PracticeAlert.public_id).where(PracticeAlert.state == AlertState.OPEN),
    ("answered_alert",): select(PracticeAlert.public_id).where(PracticeAlert.state == AlertState.ANSWERED),
    ("event",): select(AssuranceEvent.public_id).where(AssuranceEvent.kind == EventKind.PRACTICE_WEEK),
    ("headline",): select(EventFinding.public_id),
    ("quick_win",): _LEADS_WIN,
    ("message",): select(LearningMessage.public_id),
    ("said",): select(YouSaid.public_id),
    ("person",): select(Person.id).where(Person.email.startswith("priya.nair@")),
    ("chased",): select(Person.id).where(Person.email.startswith("lead@")),
    ("reimport",): select(Reimport.id),
    ("later",): select(PendingReimport.public_id),
    ("body",): select(Body.id).where(Body.kind == "assurance"),
    ("party",): select(LeadParty.id),
}


def signposts(session: Session) -> dict[str, str]:
    """Return what stands for each name, the first record that fits."""
    found: dict[str, str] = {}
    for names, query in _NAMES.items():
        row = session.execute(query.limit(1)).one()
        found |= {name: str(value) for name, value in zip(names, row, strict=True)}
    return found
