"""Words of people, units, bodies and roles, and what a good password is; no table and no page."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address


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


def holds_on(day: date, starts_on: date | None, ends_on: date | None) -> bool:
    """Say whether a period holds on a day; both ends belong to it, and an open end has none."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


LONGEST_EMAIL = 254
# The demonstration's seven people are ROLE@ this; addresses under .example reach nobody.
DEMONSTRATION_HOST = "demo.example"
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f,;<>\"()]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


def tidy_email(typed: str) -> str:
    """Return an address as it is stored: without white space around it, in lower case."""
    return typed.strip().lower()


def is_email(tidy: str) -> bool:
    """Say whether a tidy address has the shape of one; only a message sent there could prove more."""
    return len(tidy) <= LONGEST_EMAIL and _EMAIL.fullmatch(tidy) is not None


MOST_GUESSES = 10
GUESS_WINDOW = timedelta(minutes=5)


def wait_until(others: list[datetime]) -> datetime | None:
    """Return when the next guess may be made, given the guesses of the last five minutes; None when it may be made now.

    At most ten in five minutes (security.md, "Goals"); a refused guess is not counted, so nobody is kept out for ever.
    """
    if len(others) < MOST_GUESSES:
        return None
    return sorted(others)[-MOST_GUESSES] + GUESS_WINDOW


def network_of(address: str) -> str:
    """Return what counts as one place for guessing: an IPv4 address, or the /64 that one IPv6 customer is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))


TEMPORARY_PASSWORD = timedelta(days=7)
MINIMUM_PASSWORD = 12
MAXIMUM_PASSWORD = 200
_TOO_COMMON = frozenset(
    {
        "password1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop12",
        "letmeinletmein",
        "improvement1",
        "improvement tracker",
        "improvementtracker",
        "safeguarding",
        "administrator",
        "welcomewelcome",
    }
)


def password_fault(password: str, *, email: str, organisation: str) -> str | None:
    """Return what is wrong with a new password in one sentence, or None: 12 characters and not easily guessed.

    No rule on composition and no forced change, after Cyber Essentials and NCSC guidance (security.md).
    """
    if len(password) < MINIMUM_PASSWORD:
        return f"Your password must be {MINIMUM_PASSWORD} characters or more"
    if len(password) > MAXIMUM_PASSWORD:
        return f"Your password must be {MAXIMUM_PASSWORD} characters or fewer"
    plain = password.lower()
    name = organisation.lower()
    local = {email.lower(), email.lower().split("@")[0] * 2, name, name.replace(" ", "")}
    if plain in _TOO_COMMON or plain in local or len(set(plain)) < 4:
        return "This password is too easy to guess. Use three random words"
    return None
