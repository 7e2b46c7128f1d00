"""What may be done to people, roles, units, bodies, lead parties and the organisation; the only writer of them."""

from tracker.people.commands.bodies import make_body, plan_meeting, plan_meetings, record_held
from tracker.people.commands.invitations import accept_invitation, invite, open_link, withdraw_invitation
from tracker.people.commands.organisation import set_colour, set_organisation, set_ways
from tracker.people.commands.parties import change_lead_party, end_member, link_member, make_lead_party
from tracker.people.commands.passwords import hash_password, reset_password, set_password
from tracker.people.commands.persons import add_person, change_person, deactivate, end_sessions, reactivate
from tracker.people.commands.roles import end_role, grant_role
from tracker.people.commands.sessions import (
    begin_session,
    end_all_sessions,
    end_other_sessions,
    end_session,
    keep_session,
    note_seen,
)
from tracker.people.commands.sign_in import (
    Guess,
    SignIn,
    change_own_password,
    check_sign_in,
    forget,
    note_guess,
    too_soon,
)
from tracker.people.commands.standing_in import end_holding, end_standing_in, hold_post, stand_in
from tracker.people.commands.units import make_unit

__all__ = [
    "Guess",
    "SignIn",
    "accept_invitation",
    "add_person",
    "begin_session",
    "change_lead_party",
    "change_own_password",
    "change_person",
    "check_sign_in",
    "deactivate",
    "end_all_sessions",
    "end_holding",
    "end_member",
    "end_other_sessions",
    "end_role",
    "end_session",
    "end_sessions",
    "end_standing_in",
    "forget",
    "grant_role",
    "hash_password",
    "hold_post",
    "invite",
    "keep_session",
    "link_member",
    "make_body",
    "make_lead_party",
    "make_unit",
    "note_guess",
    "note_seen",
    "open_link",
    "plan_meeting",
    "plan_meetings",
    "reactivate",
    "record_held",
    "reset_password",
    "set_colour",
    "set_organisation",
    "set_password",
    "set_ways",
    "stand_in",
    "too_soon",
    "withdraw_invitation",
]
