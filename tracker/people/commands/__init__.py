"""What may be done to people, roles, units, bodies, lead parties and the organisation; the only writer of them."""

from tracker.people.commands.bodies import make_body, plan_meeting, record_held
from tracker.people.commands.organisation import set_organisation
from tracker.people.commands.parties import change_lead_party, end_member, link_member, make_lead_party
from tracker.people.commands.passwords import hash_password, reset_password, set_password
from tracker.people.commands.persons import add_person, change_person, deactivate, end_sessions, reactivate
from tracker.people.commands.roles import end_role, grant_role
from tracker.people.commands.sign_in import Guess, SignIn, change_own_password, check_sign_in, note_guess
from tracker.people.commands.units import make_unit

__all__ = [
    "Guess",
    "SignIn",
    "add_person",
    "change_lead_party",
    "change_own_password",
    "change_person",
    "check_sign_in",
    "deactivate",
    "end_member",
    "end_role",
    "end_sessions",
    "grant_role",
    "hash_password",
    "link_member",
    "make_body",
    "make_lead_party",
    "make_unit",
    "note_guess",
    "plan_meeting",
    "reactivate",
    "record_held",
    "reset_password",
    "set_organisation",
    "set_password",
]
