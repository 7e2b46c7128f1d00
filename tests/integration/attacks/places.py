"""Where the attacks go: addresses of what belongs to one person and of what belongs to another, read from the town."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from tests.integration.attacks.second_looks import second_look_places
from tracker.audits.models import (
    AgencyPart,
    AssuranceEvent,
    Audit,
    AuditImport,
    AuditProgramme,
    AuditRound,
    AuditTool,
    CaseReference,
    DeclaredConflict,
    EventFinding,
    Exemption,
    FeedbackSet,
    Finding,
    ImmediateConcern,
    LearningMessage,
    LegalHold,
    Moderation,
    MoreTime,
    PracticeAlert,
    QuickWin,
    ReAudit,
    RemedialAction,
    RetentionRun,
    ThemeReAudit,
    WaitingCaseList,
    YouSaid,
)
from tracker.audits.rules.other_words import AlertState
from tracker.audits.rules.remedials import RemedialState
from tracker.audits.rules.tool import ToolState
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.core import clock
from tracker.impact.models import ThemeAction
from tracker.people.models import (
    Body,
    BodyMeeting,
    Deputy,
    Invitation,
    LeadParty,
    LeadPartyMember,
    Person,
    PostHolding,
    RoleGrant,
)
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    Area,
    AreaItem,
    DateChange,
    Evidence,
    ImportDoubt,
    Inspection,
    InspectionItem,
    Milestone,
    Objective,
    Override,
    PendingReimport,
    Plan,
    PlanImport,
    Reimport,
    SignOff,
    Update,
)
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.states import ActionState, DateChangeState, LinkKind, LinkStatus, SignOffKind
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState

Places = dict[str, str | int]
Value = TypeVar("Value", str, int)
# The code of the link that somebody of the town was given; only its hash is stored.
HANDED_OVER = "handed-over-in-person"
OPEN = (AuditState.ALLOCATED, AuditState.IN_PROGRESS)


def places_in(session: Session) -> Places:
    """Return the values that stand in addresses; `my_` is Tom's or Ruth's, `their_` somebody else's."""
    return {
        **_plan_places(session),
        **_audit_places(session),
        **_other_places(session),
        **_settings_places(session),
    }


def _person(session: Session, role: str) -> Person:
    return session.scalars(select(Person).where(Person.email == f"{role}@demo.example")).one()


def _first(session: Session, column: ColumnElement[Value], *where: ColumnElement[bool]) -> Value:
    found = session.scalars(select(column).where(*where).limit(1)).first()
    assert found is not None, f"the town has no {column} for {where}"
    return found


def _plan_places(session: Session) -> Places:
    tom = _person(session, "lead")
    plan = session.scalars(select(Plan).order_by(Plan.id).limit(1)).one()
    led = select(ActionLead.action_id).join(LeadParty).join(LeadPartyMember).where(LeadPartyMember.person_id == tom.id)
    updated = select(Update.action_id)
    is_open = (Action.plan_id == plan.id) & Action.closed_code.is_(None) & Action.id.in_(updated)
    mine = session.scalars(select(Action).where(is_open, Action.id.in_(led)).limit(1)).one()
    theirs = session.scalars(select(Action).where(is_open, Action.id.not_in(led)).limit(1)).one()
    file = session.scalars(
        select(Evidence).where(Evidence.stored_as.is_not(None), Evidence.result.is_not(None)).limit(1)
    ).one()
    asked = session.scalars(
        select(DateChange).where(DateChange.state == DateChangeState.ASKED, DateChange.needs_body.is_(False)).limit(1)
    ).one()
    moved = session.get_one(Action, session.get_one(Milestone, asked.milestone_id).action_id)
    link = session.scalars(select(ActionLink).where(ActionLink.status == LinkStatus.PROPOSED).limit(1)).one()
    turning = session.scalars(select(Milestone).where(Milestone.kind == MilestoneKind.RECURRING).limit(1)).one()
    return {
        "slug": plan.slug,
        "successor": mine.id,
        "their_id": theirs.id,
        **_life_places(session),
        "my_ref": mine.ref,
        "my_update": _first(session, Update.id.expression, Update.action_id == mine.id),
        "their_ref": theirs.ref,
        "their_update": _first(session, Update.id.expression, Update.action_id == theirs.id),
        "file_ref": session.get_one(Action, file.action_id).ref,
        "file": file.code,
        "date_ref": moved.ref,
        "date": asked.id,
        "link_ref": session.get_one(Action, link.from_id).ref,
        "reference": link.id,
        **_decisions(session, led),
        "turn_ref": session.get_one(Action, turning.action_id).ref,
        "turn_milestone": turning.id,
        "turn": str(turning.due),
        **_sources(session, plan),
        "objective": _first(session, Objective.id.expression, Objective.area_id == _first_area(session, plan)),
        "doubt": _first(session, ImportDoubt.id.expression, ImportDoubt.settled_on.is_(None)),
    }


def _sources(session: Session, plan: Plan) -> Places:
    """Return what the plan answers and what it was read from."""
    return {
        "inspection": _first(session, Inspection.id.expression, Inspection.id == plan.inspection_id),
        "visit": _first(session, Inspection.id.expression, Inspection.follows_id.is_not(None)),
        "item": _first(session, InspectionItem.id.expression, InspectionItem.inspection_id == plan.inspection_id),
        "open_item": _first(session, InspectionItem.id.expression, ~InspectionItem.id.in_(select(AreaItem.item_id))),
        "import": _first(session, PlanImport.id.expression),
        "reimport": _first(session, Reimport.id.expression),
        "later": _first(session, PendingReimport.public_id.expression),
    }


def _decisions(session: Session, led: Select[int]) -> Places:
    """Return an override that was asked for, and a milestone of somebody else's action that has no date."""
    is_left = (Milestone.state != MilestoneState.DONE) & Milestone.action_id.in_(_open_of_others(led))
    override = session.scalars(select(Override).where(Override.state == OverrideState.ASKED).limit(1)).one()
    undated = session.scalars(select(Milestone).where(Milestone.kind == MilestoneKind.UNDATED, is_left).limit(1)).one()
    return {
        "override_ref": session.get_one(Action, override.action_id).ref,
        "override": override.id,
        "no_date_ref": session.get_one(Action, undated.action_id).ref,
        "no_date": undated.id,
        "late": _first(
            session,
            Action.ref.expression,
            Action.closed_code.is_(None),
            Action.amber_from <= clock.today(),
            Action.declared_code == "G",
            Action.id.in_(select(Evidence.action_id)),
            Action.id.not_in(select(Override.action_id)),
        ),
    }


def _open_of_others(led: Select[int]) -> Select[int]:
    return select(Action.id).where(Action.closed_code.is_(None), Action.id.not_in(led))


def _life_places(session: Session) -> Places:
    wait = session.scalars(select(ActionLink).where(ActionLink.kind == LinkKind.DEPENDS_ON).limit(1)).one()
    is_open = Action.closed_code.is_(None)
    return {
        "wait_ref": session.get_one(Action, wait.from_id).ref,
        "wait": wait.id,
        "placeholder": _first(session, Action.ref.expression, Action.kind == ActionKind.PLACEHOLDER, is_open),
        "embeddable": _longest_complete(session),
    }


def _longest_complete(session: Session) -> str:
    """Return the number of the action that is complete for the longest time."""
    query = select(Action.ref).join(SignOff).where(SignOff.kind == SignOffKind.COMPLETE)
    return (
        session.scalars(query.where(Action.state == ActionState.COMPLETE).order_by(SignOff.effective_on)).first() or ""
    )


def _first_area(session: Session, plan: Plan) -> int:
    return _first(session, Area.id.expression, Area.plan_id == plan.id, Area.number == 1)


def _untaken() -> Select[int]:
    """Ask for audits whose second look nobody has taken on."""
    return select(Moderation.audit_id).where(Moderation.moderator_id.is_(None), Moderation.outcome.is_(None))


def _audit_places(session: Session) -> Places:
    ruth = _person(session, "auditor")
    own, other = Audit.auditor_id == ruth.id, Audit.auditor_id != ruth.id
    is_open = Audit.state.in_(OPEN) & (Audit.mode == Mode.DESK)
    is_sent = (Audit.state == AuditState.FINAL) & Audit.id.in_(select(Finding.audit_id))
    address = Audit.public_id.expression
    return {
        "my_draft": _first(session, address, own, is_open),
        "my_audit": _first(session, address, own, is_sent),
        "their_draft": _first(session, address, other, is_open),
        "their_audit": _first(session, address, other, is_sent),
        "to_answer": _first(session, address, Audit.worker_id == _person(session, "lead").id),
        "waiting": _first(session, address, other, Audit.id.in_(_untaken())),
        "round": _first(session, AuditRound.slug.expression),
        **_follow_up_places(session, ruth),
        **second_look_places(session, _person(session, "moderator"), ruth),
        "free_code": _first(session, CaseReference.code.expression, CaseReference.id.not_in(_held())),
        "past_import": _first(session, AuditImport.id.expression),
        "retention": _first(session, RetentionRun.number.expression),
        "hold": _first(session, LegalHold.public_id.expression, LegalHold.lifted_at.is_(None)),
        "concern": _first(session, ImmediateConcern.public_id.expression, ImmediateConcern.acknowledged_at.is_(None)),
        **_tools(session),
        **_programme_places(session),
        "more_time": _first(session, MoreTime.id.expression, MoreTime.is_agreed.is_(None)),
        "theme_link": _first(session, ThemeAction.id.expression, ThemeAction.ended_on.is_(None)),
    }


def _held() -> Select[int | None]:
    """Ask for cases that somebody holds already."""
    return select(LegalHold.case_id).where(LegalHold.case_id.is_not(None))


def _tools(session: Session) -> Places:
    """Return a tool of which a version is being drafted, and another one that is in use."""
    draft = session.scalars(select(AuditTool).where(AuditTool.state == ToolState.DRAFT).limit(1)).one()
    is_other = (AuditTool.state == ToolState.LIVE) & (AuditTool.slug != draft.slug)
    return {
        "tool": draft.slug,
        "drafted": draft.number,
        "other_tool": _first(session, AuditTool.slug.expression, is_other),
    }


def _programme_places(session: Session) -> Places:
    waiting = session.scalars(select(WaitingCaseList).limit(1)).one()
    return {
        "drawn": session.get_one(AuditRound, waiting.round_id).slug,
        "list": waiting.public_id,
        "year": _first(session, AuditProgramme.year.expression),
        "conflict": _first(session, DeclaredConflict.id.expression),
        "exemption": _first(session, Exemption.id.expression),
    }


def _follow_up_places(session: Session, ruth: Person) -> Places:
    """Return what Tom is to put right after an audit of Ruth's and what neither of them is; re-audits."""
    tom, address = _person(session, "lead"), RemedialAction.public_id.expression
    own = select(Audit.id).where(Audit.auditor_id == ruth.id)
    again = select(Audit.re_audit_of_id).where(Audit.re_audit_of_id.is_not(None))
    waiting = select(ReAudit.audit_id).where(ReAudit.audit_id.not_in(again))
    return {
        "my_remedial": _first(session, address, RemedialAction.owner_id == tom.id, RemedialAction.audit_id.in_(own)),
        "their_remedial": _first(
            session, address, RemedialAction.owner_id != tom.id, RemedialAction.audit_id.not_in(own)
        ),
        "to_check": _first(session, address, RemedialAction.state == RemedialState.CLAIMED),
        "planned": _first(session, Audit.public_id.expression, Audit.id.in_(waiting)),
        "with_agencies": _first(session, Audit.public_id.expression, Audit.id.in_(select(AgencyPart.audit_id))),
        "theme_re_audit": _first(session, ThemeReAudit.public_id.expression),
        "re_audit": _first(session, Audit.public_id.expression, Audit.re_audit_of_id.is_not(None)),
    }


def _other_places(session: Session) -> Places:
    """Return evidence that is no audit of a case: what is still open where there is such."""
    undone = QuickWin.done_on.is_(None)
    return {
        "alert": _first(session, PracticeAlert.public_id.expression, PracticeAlert.state == AlertState.OPEN),
        "feedback": _first(session, FeedbackSet.public_id.expression),
        "event": _first(session, AssuranceEvent.public_id.expression),
        "headline": _first(session, EventFinding.public_id.expression),
        "quick_win": _first(session, QuickWin.public_id.expression, undone),
        "message": _first(session, LearningMessage.public_id.expression, LearningMessage.changed == ""),
        "said": _first(session, YouSaid.public_id.expression, YouSaid.did == ""),
    }


def _settings_places(session: Session) -> Places:
    return {
        "person": _person(session, "viewer").id,
        "grant": _first(session, RoleGrant.id.expression, RoleGrant.role == Role.VIEWER),
        "body": _first(session, Body.id.expression),
        "meeting": _first(session, BodyMeeting.id.expression, BodyMeeting.is_held.is_(False)),
        "party": _first(session, LeadParty.id.expression),
        "post": _first(session, LeadParty.id.expression, LeadParty.kind == PartyKind.POST),
        "owing": _person(session, "lead").id,
        "deputy": _first(session, Person.id.expression, Person.email == "zoe@council.example"),
        "member": _first(session, LeadPartyMember.id.expression),
        "absence": _first(session, Deputy.id.expression),
        "holding": _first(session, PostHolding.id.expression),
        "invitation": _first(session, Invitation.id.expression, Invitation.used_at.is_(None)),
        "link": HANDED_OVER,
    }
