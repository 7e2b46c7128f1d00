"""Pages: who holds a post that plans name, and from which day a lead is gone."""

from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import LeadParty, PostHolding
from tracker.people.policy import Permission
from tracker.plans.commands.leads import lead_is_back, lead_left
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.lead_page import HoldingForm, LeftForm, party_page


@bp.post("/leads/<int:party_id>/holders")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def holding_add(party: LeadParty) -> ResponseReturnValue:
    """Say who holds a post from a day on."""
    people = queries.active_people(db_session())
    form, number = HoldingForm(), party.id
    form.holder.offer(people, none="Choose a person")
    if form.validate_on_submit():
        person = answered(form.holder.chosen(people))
        with saving(form) as session:
            commands.hold_post(
                session,
                party,
                person,
                starts_on=answered(form.starts_on.day),
                ends_on=form.ends_on.day,
                by=current_person(),
            )
            return done(f"{person.name} holds {party.name}", to="settings.party_show", party_id=number)
    return party_page(party, form, holding=form)


@bp.post("/leads/holders/<int:holding_id>/end")
@requires(Permission.PARTY_MANAGE, about=queries.post_holding)
def holding_end(holding: PostHolding) -> ResponseReturnValue:
    """End the holding of a post."""
    form, party = Form(), holding.party
    if form.validate_on_submit():
        with saving(form) as session:
            commands.end_holding(session, holding, by=current_person())
            title = f"{holding.person.name} no longer holds {party.name}"
            return done(title, to="settings.party_show", party_id=party.id)
    return party_page(party, form)


@bp.post("/leads/<int:party_id>/left")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def party_left(party: LeadParty) -> ResponseReturnValue:
    """Say from which day a lead is gone."""
    form = LeftForm()
    if form.validate_on_submit():
        with saving(form) as session:
            number = lead_left(session, party, on=answered(form.left_on.day), by=current_person())
            text = f"{counted(number, 'live action')} then {'has' if number == 1 else 'have'} no lead."
            return done(f"Left: {party.name}", to="settings.party_show", text=text, party_id=party.id)
    return party_page(party, form, leaving=form)


@bp.post("/leads/<int:party_id>/back")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def party_back(party: LeadParty) -> ResponseReturnValue:
    """Take back that a lead is gone."""
    form = Form()
    if form.validate_on_submit():
        with saving(form) as session:
            lead_is_back(session, party, by=current_person())
            return done(f"Back: {party.name}", to="settings.party_show", party_id=party.id)
    return party_page(party, form)
