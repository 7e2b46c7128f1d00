"""Pages: inviting many people at once from a pasted list, each line looked at before anybody is added."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from tracker.core.problems import Invalid
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.policy import Permission
from tracker.people.rules import InvitationKind, Invited, read_invited
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, NotBlank
from tracker.web.saving import saving
from tracker.web.settings.blueprint import bp
from tracker.web.settings.granting import RoleForm, grant_from
from tracker.web.settings.linking import HandedOver, link_for, links_page

_LONGEST_LIST = 60_000


class InviteForm(RoleForm):
    """A list of people, and the role that all of them get."""

    people = TextAreaField("People to invite", [NotBlank("Paste the people to invite"), AtMost(_LONGEST_LIST, "List")])


@bp.route("/people/invite", methods=["GET", "POST"])
@requires(Permission.PERSON_MANAGE)
def people_invite() -> ResponseReturnValue:
    """Show what was read of the list with its doubts, then add who has none and show their links once."""
    form = InviteForm()
    form.offer_scopes(db_session(), queries.units(db_session()))
    lines: list[Invited] = []
    if form.validate_on_submit():
        lines = read_invited(form.people.data or "", known=_known(db_session()))
        fine = [line for line in lines if line.is_fine]
        if "confirm" in request.form and fine:
            links = _invite(form, fine)
            if links and not form.problems:
                title = f"Invitations for {counted(len(links), 'person', 'people')}"
                to = url_for("settings.person_index")
                return links_page(title, links, to=to, skipped=len(lines) - len(fine))
        elif not fine:
            form.refuse(Invalid("people", "Nobody on this list can be invited as it stands"))
    fine_count = sum(line.is_fine for line in lines)
    button = f"Invite {counted(fine_count, 'person', 'people')}"
    template = "settings/people_invite.html"
    return render_template(template, form=form, lines=lines, fine=fine_count, button=button), form.status


def _invite(form: InviteForm, lines: list[Invited]) -> list[HandedOver]:
    """Add everybody or nobody, and return a link for each."""
    links: list[HandedOver] = []
    me = current_person()
    with saving(form) as session:
        for line in lines:
            person = commands.add_person(session, email=line.email, name=line.name, post=line.post, by=me)
            grant_from(form, session, person, by=me)
            code = commands.invite(session, person, kind=InvitationKind.INVITATION, by=me)
            links.append(link_for(person.name, person.email, code))
    return links


def _known(session: Session) -> frozenset[str]:
    return frozenset(queries.addresses(session))
