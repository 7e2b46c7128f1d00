"""States of plans, actions, updates, dates, links and sign-offs, stored by value; no rule but when a plan is live."""

from datetime import date
from enum import StrEnum


class PlanStatus(StrEnum):
    """Where a plan is in its life (domain A3)."""

    DRAFT = "draft"
    APPROVED = "approved"
    LIVE = "live"
    CLOSING = "closing"
    CLOSED = "closed"
    REPLACED = "replaced"

    def on(self, day: date, *, approved_on: date | None) -> "PlanStatus":
        """The status on a day: an approved plan is live from its approval on, with nobody to press anything (A3)."""
        if self not in GOES_LIVE or approved_on is None:
            return self
        return PlanStatus.LIVE if approved_on <= day else PlanStatus.APPROVED


# Which of the two a plan is goes by the day, whichever was stored.
GOES_LIVE = frozenset({PlanStatus.APPROVED, PlanStatus.LIVE})


class ActionState(StrEnum):
    """Where an action is in its life (domain A3)."""

    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    ON_HOLD = "on_hold"
    COMPLETE = "complete"
    EMBEDDED = "embedded"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """The state as sentences say it."""
        return self.value.replace("_", " ")


# Given up, so that it stands in the plan no more; its history stays.
GIVEN_UP = frozenset({ActionState.WITHDRAWN, ActionState.SUPERSEDED})
# Nothing of it changes until it is re-opened.
CLOSED_STATES = GIVEN_UP | {ActionState.COMPLETE, ActionState.EMBEDDED}


class InspectionKind(StrEnum):
    """What kind of look the inspectorate took (domain A1)."""

    INSPECTION = "inspection"
    FOCUSED_VISIT = "focused_visit"
    MONITORING_VISIT = "monitoring_visit"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return self.value.replace("_", " ").capitalize()


class ItemClass(StrEnum):
    """What inspectors call an item (domain A15)."""

    PRIORITY_ACTION = "priority_action"
    PRIORITY_AND_IMMEDIATE_ACTION = "priority_and_immediate_action"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    STRENGTH = "strength"

    @property
    def words(self) -> str:
        """The class as pages name it."""
        return self.value.replace("_", " ").capitalize()


class DeclaredRag(StrEnum):
    """What a lead may say of an action: a colour, or that it is complete, which is a claim (domain A3)."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    COMPLETE = "C"


class UpdateState(StrEnum):
    """What became of an update (domain A2)."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What happened to a milestone on a day."""

    STARTED = "started"
    DONE = "done"
    EXCUSED = "excused"
    REOPENED = "reopened"


class DateChangeKind(StrEnum):
    """Which way a date moved (domain A2)."""

    CORRECTION = "correction"
    SLIP = "slip"
    PULL_IN = "pull_in"
    DATE_SET = "date_set"
    TO_BE_CONFIRMED = "to_be_confirmed"


class DateChangeState(StrEnum):
    """What became of a wish to move a date."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SignOffKind(StrEnum):
    """A decision on the state of an action (domain A2, A3)."""

    COMPLETE = "complete"
    EMBEDDED = "embedded"
    WITHDRAWN = "withdrawn"
    ON_HOLD = "on_hold"
    RESUMED = "resumed"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"
    CAME_BACK = "came_back"


class LinkKind(StrEnum):
    """How one action points to another (domain A2)."""

    CROSS_REFERENCE = "cross_reference"
    DEPENDS_ON = "depends_on"
    REPLACED_BY = "replaced_by"


class LinkStatus(StrEnum):
    """Whether somebody has confirmed a link."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class MentionedIn(StrEnum):
    """What holds the words in which another action is mentioned, as the history names its facts."""

    UPDATE = "update"
    SIGN_OFF = "sign_off"
    EVIDENCE = "evidence"
    STEP = "step"
    ASKED = "asked"
    DECIDED = "decided"
    LINK = "link"
    ENDED = "ended"


class EvidenceKind(StrEnum):
    """What shows that something was done: its content is in a file, elsewhere, or said."""

    FILE = "file"
    LINK = "link"
    SENTENCE = "sentence"


class EvidenceSensitivity(StrEnum):
    """Who may open a file or a link; that it is there, its title and its sentence are for everybody inside."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"

    @property
    def words(self) -> str:
        """The choice as forms offer it."""
        return _MAY_OPEN[self]


_MAY_OPEN = {
    EvidenceSensitivity.ORDINARY: "Everybody inside the council",
    EvidenceSensitivity.RESTRICTED: "Only the programme office and the leads of this action",
}


class EvidenceResult(StrEnum):
    """What somebody found who looked at evidence that another person added (domain A2)."""

    SHOWS = "shows"
    PARTLY = "partly"
    SHOWS_NOT = "shows_not"

    @property
    def words(self) -> str:
        """The result as pages say it."""
        return _RESULTS[self]


_RESULTS = {
    EvidenceResult.SHOWS: "It shows what it says",
    EvidenceResult.PARTLY: "It shows a part of it",
    EvidenceResult.SHOWS_NOT: "It does not show it",
}
