"""Pages: the leads that plans name, and which people may update for each."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.core import clock
from tracker.core.text import counted, joined
from tracker.extensions import db
from tracker.people import commands, queries
from tracker.people.models import LeadParty, LeadPartyMember
from tracker.people.policy import Permission
from tracker.people.rules import PartyKind, holds_on
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, FromList, RecordField, answered, choices_of
from tracker.web.paging import page_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.person import ActForm


@dataclass(frozen=True)
class PartyRow:
    """A lead as the list shows it."""

    name: str
    url: str
    link_url: str
    kind: str
    post: str
    people: str


@dataclass(frozen=True)
class MemberRow:
    """A person who may update for a lead, or could; `end_url` is None when that is over."""

    name: str
    email: str
    until: date | None
    end_url: str | None


class PartyForm(Form):
    """What a lead is, and the post that viewers read."""

    kind = FromList("Kind", choices=choices_of(PartyKind))
    post = StringField("Post that viewers read in place of a name", [AtMost(120, "Post")])


class LinkForm(Form):
    """Somebody who may update for a lead."""

    person_id = RecordField("Person")


@bp.get("/leads")
@requires(Permission.PARTY_MANAGE)
def party_index() -> ResponseReturnValue:
    """List the leads, those first for whom nobody may update."""
    rows = [_party_row(party) for party in queries.lead_parties(db.session())]
    rows.sort(key=lambda row: bool(row.people))
    page = page_of(len(rows), lambda number: url_for("settings.party_index", page=number))
    summary = _summary(sum(1 for row in rows if not row.people))
    return render_template("settings/party_index.html", rows=rows[page.rows], page=page, summary=summary)


def _summary(unlinked: int) -> str:
    if not unlinked:
        return "Somebody may update for every lead."
    return f"For {counted(unlinked, 'lead')} nobody may update yet: link a person who answers for the work."


@bp.route("/leads/<int(max=999999999):party_id>", methods=["GET", "POST"])
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def party_show(party: LeadParty) -> ResponseReturnValue:
    """Show a lead with its people, and change what it is."""
    form = PartyForm(data={"kind": party.kind.value, "post": party.post})
    if form.validate_on_submit():
        with saving(form) as session:
            kind = PartyKind(answered(form.kind.data))
            commands.change_lead_party(session, party, kind=kind, post=form.post.data or "", by=current_person())
            return done(f"Saved: {party.name}", to="settings.party_show", party_id=party.id)
    return _page(party, form, facts=form)


@bp.post("/leads/<int(max=999999999):party_id>/people")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party)
def member_add(party: LeadParty) -> ResponseReturnValue:
    """Let a person update for a lead."""
    people = queries.active_people(db.session())
    form, number = LinkForm(), party.id
    form.person_id.offer(people, none="Choose a person")
    if form.validate_on_submit() and (person := form.person_id.chosen(people)):
        with saving(form) as session:
            commands.link_member(session, party, person, by=current_person())
            return done(f"{person.name} may now update for {party.name}", to="settings.party_show", party_id=number)
    if not form.problems:
        form.person_id.errors = ["Choose a person from the list"]
    return _page(party, form, link=form)


@bp.post("/leads/people/<int(max=999999999):member_id>/end")
@requires(Permission.PARTY_MANAGE, about=queries.lead_party_member)
def member_end(member: LeadPartyMember) -> ResponseReturnValue:
    """End a person's right to update for a lead."""
    form, party = ActForm(), member.party
    if form.validate_on_submit():
        with saving(form) as session:
            commands.end_member(session, member, by=current_person())
            title = f"{member.person.name} may no longer update for {party.name}"
            return done(title, to="settings.party_show", party_id=party.id)
    return _page(party, form)


def _page(
    party: LeadParty, form: Form, *, facts: PartyForm | None = None, link: LinkForm | None = None
) -> ResponseReturnValue:
    """Show a lead as stored now, with the problems of the form that was pressed."""
    session = db.session()
    stored = queries.lead_party(session, party.id) or party
    facts = facts or PartyForm(formdata=None, data={"kind": stored.kind.value, "post": stored.post})
    link = link or LinkForm(formdata=None)
    link.person_id.offer(queries.active_people(session), none="Choose a person")
    members = [_member_row(member) for member in stored.members]
    template = "settings/party_show.html"
    context = {"party": _party_row(stored), "members": members, "form": form, "facts": facts, "link": link}
    return render_template(template, **context), form.status


def _is_open(member: LeadPartyMember) -> bool:
    return holds_on(clock.today(), None, member.ends_on)


def _party_row(party: LeadParty) -> PartyRow:
    people = joined([member.person.name for member in party.members if _is_open(member)])
    address = url_for("settings.party_show", party_id=party.id)
    linking = url_for("settings.member_add", party_id=party.id)
    return PartyRow(party.name, address, linking, party.kind.words, party.post, people)


def _member_row(member: LeadPartyMember) -> MemberRow:
    address = url_for("settings.member_end", member_id=member.id) if _is_open(member) else None
    return MemberRow(member.person.name, member.person.email, member.ends_on, address)
