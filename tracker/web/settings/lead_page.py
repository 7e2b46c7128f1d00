"""The page of one lead that plans name: its people, the holders of a post, whether it has left; acts are beside it."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.core import clock
from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.models import LeadParty, LeadPartyMember, Person, PostHolding
from tracker.people.rules import PartyKind, holds_on
from tracker.people.rules import has_left as has_left_by
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, RecordField, choices_of

NOBODY = "Choose a person from the list"


@dataclass(frozen=True)
class PartyRow:
    """A lead as the list shows it."""

    name: str
    url: str
    link_url: str
    hold_url: str
    leave_url: str
    back_url: str
    kind: str
    post: str
    people: str
    left: str
    suggestions: tuple["Suggestion", ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """Somebody whose name is like the lead's; nobody is linked before the button is pressed."""

    person_id: int
    name: str


@dataclass(frozen=True)
class MemberRow:
    """A person who may update for a lead, or could; `end_url` is None when that is over."""

    name: str
    email: str
    until: date | None
    end_url: str | None


@dataclass(frozen=True)
class HolderRow:
    """Who held a post when; `end_url` is None when that is over."""

    name: str
    since: date
    until: date | None
    end_url: str | None


class PartyForm(Form):
    """What a lead is, and the post that viewers read."""

    kind = FromList("Kind", choices=choices_of(PartyKind))
    post = StringField("Post that viewers read in place of a name", [AtMost(120, "Post")])


class LinkForm(Form):
    """Somebody who may update for a lead."""

    person_id = RecordField("Person", [NotBlank(NOBODY)])


class HoldingForm(Form):
    """Who holds a post, and in which days."""

    holder = RecordField("Who holds the post", [NotBlank(NOBODY)])
    starts_on = DayField("First day", [NotBlank("Enter the first day")], needs_year=True)
    ends_on = DayField("Last day")


class LeftForm(Form):
    """From which day a lead is gone."""

    left_on = DayField("Left on", [NotBlank("Enter the day")], needs_year=True)


def party_page(party: LeadParty, pressed: Form, **forms: Form | None) -> ResponseReturnValue:
    """Show a lead as stored now, with the problems of the form that was pressed."""
    session = db_session()
    stored = queries.lead_party(session, party.id) or party
    people = queries.active_people(session)
    given = {name: form for name, form in forms.items() if form is not None}
    shown: dict[str, Form] = {
        "facts": PartyForm(formdata=None, data={"kind": stored.kind.value, "post": stored.post}),
        "link": LinkForm(formdata=None),
        "holding": HoldingForm(formdata=None, data={"starts_on": clock.today()}),
        "leaving": LeftForm(formdata=None, data={"left_on": clock.today()}),
        **given,
    }
    shown["link"]["person_id"].offer(people, none="Choose a person")
    shown["holding"]["holder"].offer(people, none="Choose a person")
    return render_template(
        "settings/party_show.html",
        party=party_row(stored, people_of(stored)),
        is_post=stored.kind is PartyKind.POST,
        members=[_member_row(member) for member in stored.members],
        holders=[_holder_row(holding) for holding in reversed(stored.holdings)],
        form=pressed,
        **shown,
    ), pressed.status


def people_of(party: LeadParty) -> list[str]:
    """Return the names of those who may update for a lead today, deactivated people left out."""
    today = clock.today()
    linked = [one.person for one in party.members if holds_on(today, None, one.ends_on)]
    holding = [one.person for one in party.holdings if holds_on(today, one.starts_on, one.ends_on)]
    return list(dict.fromkeys(person.name for person in (*linked, *holding) if person.is_active))


def has_left(party: LeadParty) -> bool:
    """Whether a lead is gone today."""
    return has_left_by(party.left_on, clock.today())


def party_row(party: LeadParty, people: list[str], suggestions: tuple[Suggestion, ...] = ()) -> PartyRow:
    """Return a lead with the names of those who may update for it in its final words."""
    left = f"Left on {party.left_on:%-d %b %Y}" if party.left_on else ""
    return PartyRow(
        name=party.name,
        url=url_for("settings.party_show", party_id=party.id),
        link_url=url_for("settings.member_add", party_id=party.id),
        hold_url=url_for("settings.holding_add", party_id=party.id),
        leave_url=url_for("settings.party_left", party_id=party.id),
        back_url=url_for("settings.party_back", party_id=party.id),
        kind=party.kind.words,
        post=party.post,
        people=joined(people),
        left=left,
        suggestions=suggestions,
    )


def _member_row(member: LeadPartyMember) -> MemberRow:
    is_open = holds_on(clock.today(), None, member.ends_on)
    address = url_for("settings.member_end", member_id=member.id) if is_open else None
    return MemberRow(_name(member.person), member.person.email, member.ends_on, address)


def _holder_row(holding: PostHolding) -> HolderRow:
    is_over = holding.ends_on is not None and holding.ends_on < clock.today()
    address = None if is_over else url_for("settings.holding_end", holding_id=holding.id)
    return HolderRow(_name(holding.person), holding.starts_on, holding.ends_on, address)


def _name(person: Person) -> str:
    if person.is_active:
        return person.name
    return f"{person.name}, left {person.left_on:%-d %b %Y}" if person.left_on else f"{person.name}, left"
