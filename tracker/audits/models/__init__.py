"""Tables of audits, one noun a file; they ask and decide nothing."""

from tracker.audits.models.agencies import AgencyAgreement, AgencyPart, AgencyPoint
from tracker.audits.models.alerts import PracticeAlert
from tracker.audits.models.allocation import AuditorSwap, DeclaredConflict, Exemption
from tracker.audits.models.answers import Answer, AuditSection, Finding
from tracker.audits.models.audits import Audit
from tracker.audits.models.cases import CaseReference, SpentReference
from tracker.audits.models.concerns import ImmediateConcern
from tracker.audits.models.events import AssuranceEvent, EventFinding, QuickWin
from tracker.audits.models.feedback import FeedbackSet
from tracker.audits.models.imports import AuditImport, ImportedAudit, UnfinishedPast
from tracker.audits.models.learning import LearningMessage, YouSaid
from tracker.audits.models.moderation import AuditSending, Dispute, ModeratedSection, Moderation, PanelMember
from tracker.audits.models.more_time import MoreTime
from tracker.audits.models.programmes import AuditProgramme, Mechanism
from tracker.audits.models.remedials import ReAudit, RemedialAction, RemedialStep
from tracker.audits.models.responses import ResponseSection, WorkerResponse
from tracker.audits.models.retention import LegalHold, RetentionRun
from tracker.audits.models.rounds import AuditRound
from tracker.audits.models.samples import AuditSample, SampleFile, WaitingCaseList
from tracker.audits.models.theme_re_audits import ThemeReAudit
from tracker.audits.models.themes import Theme
from tracker.audits.models.tools import AuditTool, ToolQuestion, ToolSection

__all__ = [
    "AgencyAgreement",
    "AgencyPart",
    "AgencyPoint",
    "Answer",
    "AssuranceEvent",
    "Audit",
    "AuditImport",
    "AuditProgramme",
    "AuditRound",
    "AuditSample",
    "AuditSection",
    "AuditSending",
    "AuditTool",
    "AuditorSwap",
    "CaseReference",
    "DeclaredConflict",
    "Dispute",
    "EventFinding",
    "Exemption",
    "FeedbackSet",
    "Finding",
    "ImmediateConcern",
    "ImportedAudit",
    "LearningMessage",
    "LegalHold",
    "Mechanism",
    "ModeratedSection",
    "Moderation",
    "MoreTime",
    "PanelMember",
    "PracticeAlert",
    "QuickWin",
    "ReAudit",
    "RemedialAction",
    "RemedialStep",
    "ResponseSection",
    "RetentionRun",
    "SampleFile",
    "SpentReference",
    "Theme",
    "ThemeReAudit",
    "ToolQuestion",
    "ToolSection",
    "UnfinishedPast",
    "WaitingCaseList",
    "WorkerResponse",
    "YouSaid",
]
