"""Words of case-file audits, stored by value (domain A15); no rule."""

from enum import StrEnum


class Grade(StrEnum):
    """The four-point scale."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def words(self) -> str:
        """The grade as pages name it."""
        return _GRADE_WORDS[self]


_GRADE_WORDS = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
    Grade.INADEQUATE: "Inadequate",
}


class NoGrade(StrEnum):
    """Why a section has no grade; neither is a grade, and they are counted apart."""

    NOT_ENOUGH = "not_enough"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The answer as pages name it."""
        return _NO_GRADE_WORDS[self]


_NO_GRADE_WORDS = {
    NoGrade.NOT_ENOUGH: "Not enough on file to grade",
    NoGrade.NOT_APPLICABLE: "Does not apply to this child",
}


class Category(StrEnum):
    """What help the child gets."""

    CONTACT = "contact"
    EARLY_HELP = "early_help"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION = "child_protection"
    CHILD_IN_CARE = "child_in_care"
    CARE_LEAVER = "care_leaver"

    @property
    def words(self) -> str:
        """The category as pages name it."""
        return _CATEGORY_WORDS[self]


_CATEGORY_WORDS = {
    Category.CONTACT: "Contact",
    Category.EARLY_HELP: "Early help",
    Category.CHILD_IN_NEED: "Child in need plan",
    Category.CHILD_PROTECTION: "Child protection plan",
    Category.CHILD_IN_CARE: "Child in care",
    Category.CARE_LEAVER: "Care leaver",
}


class Selection(StrEnum):
    """How a file came to be audited; only random and stratified samples are counted."""

    RANDOM = "random"
    STRATIFIED = "stratified"
    TARGETED = "targeted"
    VOLUNTEERED = "volunteered"
    INSPECTOR = "inspector"
    RE_AUDIT = "re_audit"
    DIP_FOR_CAUSE = "dip_for_cause"

    @property
    def words(self) -> str:
        """The way of choosing as pages name it."""
        return _SELECTION_WORDS[self]


_SELECTION_WORDS = {
    Selection.RANDOM: "At random",
    Selection.STRATIFIED: "At random within groups",
    Selection.TARGETED: "Targeted",
    Selection.VOLUNTEERED: "Volunteered by the team",
    Selection.INSPECTOR: "Chosen by an inspector",
    Selection.RE_AUDIT: "Re-audit",
    Selection.DIP_FOR_CAUSE: "Dip sample for a cause",
}


class Mode(StrEnum):
    """How a file is audited."""

    DESK = "desk"
    COLLABORATIVE = "collaborative"
    OBSERVATION = "observation"
    DIP_SAMPLE = "dip_sample"
    PEER = "peer"
    EXTERNAL = "external"
    MULTI_AGENCY = "multi_agency"

    @property
    def words(self) -> str:
        """The mode as pages name it."""
        return _MODE_WORDS[self]


_MODE_WORDS = {
    Mode.DESK: "At the desk",
    Mode.COLLABORATIVE: "Together with the worker",
    Mode.OBSERVATION: "Observation",
    Mode.DIP_SAMPLE: "Dip sample",
    Mode.PEER: "By peers",
    Mode.EXTERNAL: "By somebody from outside",
    Mode.MULTI_AGENCY: "With partner agencies",
}


class AuditState(StrEnum):
    """Where an audit is in its life (domain A3); late is derived."""

    PLANNED = "planned"
    ALLOCATED = "allocated"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    WORKER_RESPONSE = "worker_response"
    MODERATION = "moderation"
    RETURNED = "returned"
    DISPUTED = "disputed"
    PANEL = "panel"
    FINAL = "final"
    CLOSED = "closed"
    EXEMPT = "exempt"
    VOID = "void"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return _STATE_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self in OPEN_STATES

    @property
    def is_sent(self) -> bool:
        """Whether its auditor has finished with it, whatever still follows before it counts."""
        return self in SENT_STATES

    @property
    def is_final(self) -> bool:
        """Whether it counts: closed, once every remedial action is verified, is no less final."""
        return self in FINAL_STATES


OPEN_STATES = (AuditState.ALLOCATED, AuditState.IN_PROGRESS, AuditState.RETURNED)
FINAL_STATES = (AuditState.FINAL, AuditState.CLOSED)
# What nobody does any more: it says nothing of the file, and another audit may be given out in its place.
SET_ASIDE_STATES = (AuditState.EXEMPT, AuditState.VOID)
SENT_STATES = (
    AuditState.SUBMITTED,
    AuditState.WORKER_RESPONSE,
    AuditState.MODERATION,
    AuditState.DISPUTED,
    AuditState.PANEL,
    *FINAL_STATES,
)
_STATE_WORDS = {
    AuditState.PLANNED: "Planned",
    AuditState.ALLOCATED: "Not started",
    AuditState.IN_PROGRESS: "Draft",
    AuditState.SUBMITTED: "Sent",
    AuditState.WORKER_RESPONSE: "With the worker for a response",
    AuditState.MODERATION: "In moderation",
    AuditState.RETURNED: "Returned to the auditor",
    AuditState.DISPUTED: "Disputed",
    AuditState.PANEL: "With the panel",
    AuditState.FINAL: "Final",
    AuditState.CLOSED: "Closed",
    AuditState.EXEMPT: "Exempt",
    AuditState.VOID: "Void",
}


class FindingKind(StrEnum):
    """What an auditor found on a theme."""

    STRENGTH = "strength"
    DEVELOPMENT = "development"


class ThemeGroup(StrEnum):
    """How the list of themes is grouped."""

    PRACTICE = "practice"
    LEADERSHIP = "leadership"
    RESULT = "result"

    @property
    def words(self) -> str:
        """The group as pages name it."""
        return self.value.capitalize()
