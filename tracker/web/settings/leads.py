"""Pages: the leads that plans name, and which people may update for each."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import LeadParty, LeadPartyMember
from tracker.people.policy import Permission
from tracker.people.rules import Names, PartyKind
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, answered
from tracker.web.paging import page_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.lead_page import (
    LinkForm,
    PartyForm,
    Suggestion,
    has_left,
    party_page,
    party_row,
    people_of,
)


@bp.get("/leads")
@requires(Permission.PARTY_MANAGE)
def party_index() -> ResponseReturnValue:
    """List the leads, those first for whom nobody may update."""
    found = [(party, people_of(party)) for party in queries.lead_parties(db_session())]
    found.sort(key=lambda one: bool(one[1]))
    page = page_of(len(found), lambda number: url_for("settings.party_index", page=number))
    summary = _summary(sum(not people and not has_left(party) for party, people in found))
    known = {person.id: person.name for person in queries.active_people(db_session())}
    names = Names(known.items())
    rows = [
        party_row(party, people, () if people else _suggestions(party, names, known))
        for party, people in found[page.rows]
    ]
    return render_template("settings/party_index.html", rows=rows, page=page, summary=summary)


def _suggestions(party: LeadParty, names: Names, known: dict[int, str]) -> tuple[Suggestion, ...]:
    """Suggest people for a lead that may be a person; by likeness of the names alone."""
    if party.kind not in {PartyKind.PERSON, PartyKind.UNKNOWN} or has_left(party):
        return ()
    return tuple(Suggestion(number, known[number]) for number in names.like(party.name))


def _summary(unlinked: int) -> str:
    if not unlinked:
        return "Somebody may update for every lead."
    return f"For {counted(unlinked, 'lead')} nobody may update yet: link a person who answers for the work."


@bp.route("/leads/<int:party_id>", methods=["GET", "POST"])
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def party_show(party: LeadParty) -> ResponseReturnValue:
    """Show a lead with its people, and change what it is."""
    form = PartyForm(data={"kind": party.kind.value, "post": party.post})
    if form.validate_on_submit():
        with saving(form) as session:
            kind = PartyKind(answered(form.kind.data))
            commands.change_lead_party(session, party, kind=kind, post=form.post.data or "", by=current_person())
            return done(f"Saved: {party.name}", to="settings.party_show", party_id=party.id)
    return party_page(party, form, facts=form)


@bp.post("/leads/<int:party_id>/people")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def member_add(party: LeadParty) -> ResponseReturnValue:
    """Let a person update for a lead."""
    people = queries.active_people(db_session())
    form, number = LinkForm(), party.id
    form.person_id.offer(people, none="Choose a person")
    if form.validate_on_submit():
        person = answered(form.person_id.chosen(people))
        with saving(form) as session:
            commands.link_member(session, party, person, by=current_person())
            return done(f"{person.name} may now update for {party.name}", to="settings.party_show", party_id=number)
    return party_page(party, form, link=form)


@bp.post("/leads/people/<int:member_id>/end")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party_member)
def member_end(member: LeadPartyMember) -> ResponseReturnValue:
    """End a person's right to update for a lead."""
    form, party = Form(), member.party
    if form.validate_on_submit():
        with saving(form) as session:
            commands.end_member(session, member, by=current_person())
            title = f"{member.person.name} may no longer update for {party.name}"
            return done(title, to="settings.party_show", party_id=party.id)
    return party_page(party, form)
