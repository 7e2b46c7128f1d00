"""Words of people, units, bodies, leads and roles; what follows from them is the policy's."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be (domain A9)."""

    ADMIN = "admin"
    OFFICE = "office"
    LEAD = "lead"
    AUDITOR = "auditor"
    MODERATOR = "moderator"
    ASSURANCE = "assurance"
    VIEWER = "viewer"

    @property
    def words(self) -> str:
        """The role as pages name it."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.ADMIN: "Administrator",
    Role.OFFICE: "Programme office",
    Role.LEAD: "Delivery lead",
    Role.AUDITOR: "Auditor",
    Role.MODERATOR: "Moderator and QA lead",
    Role.ASSURANCE: "Assurance member",
    Role.VIEWER: "Viewer",
}


class UnitKind(StrEnum):
    """Kinds of unit (domain A2)."""

    AUTHORITY = "authority"
    SERVICE = "service"
    LOCALITY = "locality"
    TEAM = "team"
    PARTNER = "partner"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return self.value.capitalize()


class BodyKind(StrEnum):
    """Kinds of body that test or steer the plan (domain A2)."""

    OVERSIGHT = "oversight"
    ASSURANCE = "assurance"
    SCRUTINY = "scrutiny"
    EXECUTIVE = "executive"
    PARTNERSHIP = "partnership"
    EXTERNAL = "external"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return self.value.capitalize()


class Cycle(StrEnum):
    """How often a body meets (domain B1)."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    ANNUAL = "annual"
    CUSTOM = "custom"

    @property
    def words(self) -> str:
        """The cycle as pages name it."""
        return _CYCLE_WORDS[self]


_CYCLE_WORDS = {
    Cycle.WEEKLY: "Every week",
    Cycle.MONTHLY: "Every month",
    Cycle.BIMONTHLY: "Every two months",
    Cycle.QUARTERLY: "Every quarter",
    Cycle.SIX_MONTHLY: "Every six months",
    Cycle.ANNUAL: "Every year",
    Cycle.CUSTOM: "Its own dates",
}


class PartyKind(StrEnum):
    """What a lead named in a plan is (domain A2, LeadParty)."""

    PERSON = "person"
    POST = "post"
    TEAM = "team"
    BODY = "body"
    PARTNER = "partner"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return "Not known" if self is PartyKind.UNKNOWN else self.value.capitalize()


class InvitationKind(StrEnum):
    """Why somebody is asked to set a password: they are new, or theirs was lost."""

    INVITATION = "invitation"
    RESET = "reset"


# Updates open this many working days before the meeting that they are for, unless the organisation says otherwise.
UPDATES_OPEN = 15
# Years that the words of an audit are kept after it is final (domain A13), and what a council may set.
AUDIT_YEARS = 3
FEWEST_YEARS, MOST_YEARS = 1, 25
FEWEST_OPEN, MOST_OPEN = 3, 40
