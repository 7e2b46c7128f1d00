"""The part of forms that gives a role: which role, where it holds, from when until when; the rules are people's."""

from sqlalchemy.orm import Session
from wtforms import BooleanField

from tracker.people import commands
from tracker.people.models import Person, RoleGrant, Unit
from tracker.people.rules import Role
from tracker.plans.queries.titles import area_titles, plan_titles
from tracker.web.forms import DayField, Form, FromList, NotBlank, answered, choice, choices_of

EVERYWHERE = "Everywhere"


class RoleForm(Form):
    """A role, its scope, its marks, and its first and last day."""

    role = FromList("Role", [NotBlank("Choose a role")], choices=[choice("", "Choose a role"), *choices_of(Role)])
    scope = FromList("Where it holds")
    is_partner = BooleanField("Works for a partner: sees own actions only")
    is_head = BooleanField("Head of service: closes immediate concerns")
    is_chair = BooleanField("Chair of the assurance meeting")
    is_scribe = BooleanField("Scribe of the assurance meeting")
    starts_on = DayField("First day")
    ends_on = DayField("Last day")

    def offer_scopes(self, session: Session, units: list[Unit]) -> None:
        """Set where a role may hold: everywhere, one plan, one area of a newer plan, or one unit."""
        self.scope.choices = [
            choice("everywhere", EVERYWHERE),
            *(choice(f"plan:{number}", f"Only the plan {title}") for number, title in plan_titles(session)),
            *(choice(f"area:{number}", f"Only the area {title}") for number, title in area_titles(session)),
            *(choice(f"unit:{unit.id}", f"Only the unit {unit.name}") for unit in units),
        ]


def grant_from(form: RoleForm, session: Session, person: Person, *, by: Person) -> RoleGrant:
    """Give the role that a checked form asks for."""
    kind, _, number = (form.scope.data or "").partition(":")
    return commands.grant_role(
        session,
        person,
        Role(answered(form.role.data)),
        plan_id=int(number) if kind == "plan" else None,
        area_id=int(number) if kind == "area" else None,
        unit=session.get(Unit, int(number)) if kind == "unit" else None,
        is_chair=bool(form.is_chair.data),
        is_scribe=bool(form.is_scribe.data),
        is_partner=bool(form.is_partner.data),
        is_head=bool(form.is_head.data),
        starts_on=form.starts_on.day,
        ends_on=form.ends_on.day,
        by=by,
    )
