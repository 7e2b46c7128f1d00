"""Tables of people, units, bodies, leads, sign-in and the organisation, one file a noun."""

from tracker.people.models.bodies import Body, BodyMeeting
from tracker.people.models.held_forms import HeldForm
from tracker.people.models.leads import LeadParty, LeadPartyMember
from tracker.people.models.organisation import Organisation
from tracker.people.models.persons import Deputy, Person, PostHolding, RoleGrant
from tracker.people.models.signing_in import Invitation, PersonSession, SignInGuess
from tracker.people.models.units import Unit

__all__ = [
    "Body",
    "BodyMeeting",
    "Deputy",
    "HeldForm",
    "Invitation",
    "LeadParty",
    "LeadPartyMember",
    "Organisation",
    "Person",
    "PersonSession",
    "PostHolding",
    "RoleGrant",
    "SignInGuess",
    "Unit",
]
