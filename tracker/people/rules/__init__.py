"""Rules about people that take values and give values, one file a noun; no table and no page."""

from tracker.people.rules.addresses import DEMONSTRATION_HOST, LONGEST_EMAIL, is_email, network_of, tidy_email
from tracker.people.rules.browsers import browser_family, network_prefix
from tracker.people.rules.colours import LEAST_CONTRAST, contrast_words, is_readable, tidy_colour
from tracker.people.rules.guessing import GUESS_WINDOW, MOST_GUESSES, wait_until
from tracker.people.rules.invitations import LINK_LASTS, MOST_AT_ONCE, Invited, read_invited
from tracker.people.rules.likeness import Names
from tracker.people.rules.meetings import MOST_MEETINGS, days_by_cycle
from tracker.people.rules.passwords import MAXIMUM_PASSWORD, MINIMUM_PASSWORD, TEMPORARY_PASSWORD, password_fault
from tracker.people.rules.periods import has_left, holds_on
from tracker.people.rules.vocabulary import (
    AUDIT_YEARS,
    FEWEST_OPEN,
    FEWEST_YEARS,
    MOST_OPEN,
    MOST_YEARS,
    UPDATES_OPEN,
    BodyKind,
    Cycle,
    InvitationKind,
    PartyKind,
    Role,
    UnitKind,
)

__all__ = [
    "AUDIT_YEARS",
    "DEMONSTRATION_HOST",
    "FEWEST_OPEN",
    "FEWEST_YEARS",
    "GUESS_WINDOW",
    "LEAST_CONTRAST",
    "LINK_LASTS",
    "LONGEST_EMAIL",
    "MAXIMUM_PASSWORD",
    "MINIMUM_PASSWORD",
    "MOST_AT_ONCE",
    "MOST_GUESSES",
    "MOST_MEETINGS",
    "MOST_OPEN",
    "MOST_YEARS",
    "TEMPORARY_PASSWORD",
    "UPDATES_OPEN",
    "BodyKind",
    "Cycle",
    "InvitationKind",
    "Invited",
    "Names",
    "PartyKind",
    "Role",
    "UnitKind",
    "browser_family",
    "contrast_words",
    "days_by_cycle",
    "has_left",
    "holds_on",
    "is_email",
    "is_readable",
    "network_of",
    "network_prefix",
    "password_fault",
    "read_invited",
    "tidy_colour",
    "tidy_email",
    "wait_until",
]
