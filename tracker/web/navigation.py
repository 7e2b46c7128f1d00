"""The menu of each role, at most seven items, and where each role lands; the union for a person with several."""

from dataclasses import dataclass

from flask import g, request, url_for

from tracker.people.models import Person
from tracker.people.policy import grants_now, roles_of
from tracker.people.rules import Role

HOME = ("Home", "home.office")
MY_ACTIONS = ("My actions", "plans.my_actions")
MY_AUDITS = ("My audits", "audits.my_audits")
ROUNDS = ("Audits", "audits.round_index")
CONCERNS = ("Concerns", "audits.concern_index")
REMEDIALS = ("Remedial actions", "audits.remedial_index")
PLANS = ("Plans", "plans.plan_index")
THEMES = ("Themes", "themes.theme_index")
DECISIONS = ("Decisions", "plans.decision_index")
EXEMPTIONS = ("Exemptions", "audits.exemption_index")
SETTINGS = ("Settings", "settings.settings_index")

_MENU: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LEAD: (MY_ACTIONS, REMEDIALS, PLANS, THEMES),
    Role.AUDITOR: (MY_AUDITS, REMEDIALS, PLANS, THEMES),
    Role.MODERATOR: (ROUNDS, CONCERNS, REMEDIALS, PLANS, THEMES),
    Role.OFFICE: (HOME, PLANS, THEMES, SETTINGS),
    Role.ASSURANCE: (PLANS, DECISIONS, EXEMPTIONS, THEMES),
    Role.VIEWER: (PLANS,),
    Role.ADMIN: (SETTINGS,),
}

# Whoever has several roles lands where most of their month is spent.
_LANDING = (Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.OFFICE, Role.ASSURANCE, Role.VIEWER, Role.ADMIN)
_ORDER = (HOME, MY_ACTIONS, MY_AUDITS, ROUNDS, CONCERNS, REMEDIALS, PLANS, DECISIONS, EXEMPTIONS, THEMES, SETTINGS)


@dataclass(frozen=True)
class Item:
    """One link of the menu; `count` is what waits there, when the page knows it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def navigation_for(person: Person | None) -> list[Item]:
    """Return the menu of a person, empty for nobody."""
    if person is None:
        return []
    # The lead of a partner reads own actions and nothing around them (domain A9).
    open_to = {item for grant in grants_now(person) for item in _MENU[grant.role][: 1 if grant.is_partner else None]}
    wanted = [item for item in _ORDER if item in open_to]
    counts: dict[str, int] = g.get("navigation_counts", {})
    current = _current([endpoint for _, endpoint in wanted])
    return [Item(label, url_for(endpoint), endpoint == current, counts.get(endpoint)) for label, endpoint in wanted]


def _current(endpoints: list[str]) -> str | None:
    """Return the item of this very page, else the first of its group that is not a list of one's own."""
    here = request.endpoint or ""
    if here in endpoints:
        return here
    if here.startswith(HOME[1]):
        return HOME[1]
    if here.startswith("audits.exemption_") and EXEMPTIONS[1] in endpoints:
        return EXEMPTIONS[1]
    if here.startswith("audits.audit_") and MY_AUDITS[1] in endpoints and ROUNDS[1] not in endpoints:
        return MY_AUDITS[1]  # who has no other list of audits came to this one from their own
    group = here.partition(".")[0]
    return next((item for item in endpoints if item.startswith(f"{group}.") and not _is_own(item)), None)


def _is_own(item: str) -> bool:
    """Say whether an item is the home of one role or a list of one's own, which other pages of its group are not in."""
    return ".my_" in item or item in {HOME[1], REMEDIALS[1], EXEMPTIONS[1]}


def landing_endpoint(person: Person) -> str:
    """Return the endpoint of a person's home page."""
    roles = roles_of(person)
    first = next((role for role in _LANDING if role in roles), None)
    return _MENU[first][0][1] if first else "home.nothing_here"
