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


class AuditState(StrEnum):
    """Where an audit is in its life (domain A3); late is derived, and moderation comes between with its own issue."""

    ALLOCATED = "allocated"
    IN_PROGRESS = "in_progress"
    FINAL = "final"
    VOID = "void"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return _STATE_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self in {AuditState.ALLOCATED, AuditState.IN_PROGRESS}


_STATE_WORDS = {
    AuditState.ALLOCATED: "Not started",
    AuditState.IN_PROGRESS: "Draft",
    AuditState.FINAL: "Sent",
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
