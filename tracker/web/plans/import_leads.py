"""The step of an import at which leads are matched to people: suggested by name and e-mail, chosen by a person."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission
from tracker.people.rules import Names, PartyKind, holds_on
from tracker.plans.commands.incoming import match_leads
from tracker.plans.imports.finishing import plan_with_answers
from tracker.plans.rules.importing import Answers, LeadAnswer, lead_names
from tracker.plans.rules.reading.lead_kinds import lead_kind
from tracker.web.access import requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_forms import leads_form, leads_said
from tracker.web.plans.import_place import Incoming, incoming, own
from tracker.web.plans.import_rows import steps_of
from tracker.web.saving import done, saving


@bp.route("/plans/import/<public_id>/leads", methods=["GET", "POST"])
@requires(Permission.PLAN_IMPORT)
def import_leads(public_id: str) -> ResponseReturnValue:
    """Show each lead with the person it may be, and take who it is; a lead may stay unlinked."""
    there = incoming(public_id)
    if not isinstance(there, Incoming):
        return there
    names = lead_names(plan_with_answers(there.kept, there.found).reading)
    page = page_of(len(names), lambda number: url_for("plans.import_leads", public_id=public_id, page=number))
    people = queries.active_people(db_session())
    known = {party.name: party for party in queries.lead_parties(db_session())}
    shown = names[page.rows]
    offered = {name: _answer(name, there.answers, people, known.get(name)) for name in shown}
    linked = [name for name in shown if _linked(known.get(name))]
    form = leads_form(there.kept, offered, people, linked)
    if form.validate_on_submit():
        with saving(form) as session:
            said = leads_said(form, shown)
            match_leads(session, there.kept, leads=said, version=form.version.number)
            if page.next_url:
                return done("Leads kept", to="plans.import_leads", public_id=public_id, page=page.number + 1)
            return done("Leads kept", to="plans.import_confirm", public_id=public_id)
        form.version.data = str(own(public_id).version)
    return render_template(
        "plans/import_leads.html",
        form=form,
        kept=there.kept,
        leads=[
            (name, form[f"kind_{place}"], form[f"person_{place}"], _linked(known.get(name)))
            for place, name in enumerate(shown)
        ],
        page=page,
        steps=steps_of(public_id, there.found.reading, there.answers, current="import_leads"),
    ), form.status


def _answer(name: str, answers: Answers, people: Sequence[Person], party: LeadParty | None) -> LeadAnswer:
    """Return what was answered of a lead, or what is suggested: who updates for it already, its e-mail, its name."""
    if name in answers.leads:
        return answers.leads[name]
    kind = party.kind if party is not None else lead_kind(name)
    if party is not None and _linked(party):
        return LeadAnswer(kind)
    by_mail = next((person.id for person in people if person.email in name.lower()), None)
    if by_mail is not None:
        return LeadAnswer(PartyKind.PERSON, by_mail)
    if kind in {PartyKind.PERSON, PartyKind.UNKNOWN}:
        like = Names((person.id, person.name) for person in people).like(name, most=1)
        return LeadAnswer(kind, like[0] if like else None)
    return LeadAnswer(kind)


def _linked(party: LeadParty | None) -> str:
    """Return who may update for a lead already."""
    members = party.members if party is not None else []
    return ", ".join(one.person.name for one in members if holds_on(clock.today(), None, one.ends_on))
