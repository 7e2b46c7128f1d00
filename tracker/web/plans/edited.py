"""What editing leaves on the page of an action: numbers that were given anew, and the way to the page that edits it."""

from collections.abc import Iterator

from flask import url_for

from tracker.people.policy import Permission
from tracker.plans.rules.states import CLOSED_STATES
from tracker.web.access import allowed
from tracker.web.plans.action_page import ActionPage
from tracker.web.plans.action_rows import Fact
from tracker.web.plans.acts import ActLink
from tracker.web.templating import day


def earlier_numbers(page: ActionPage) -> Iterator[Fact]:
    """Say which numbers the action had, and which action had its number before (ux 3.1)."""
    action = page.action
    for one in page.related.earlier:
        if one.is_own:
            yield Fact("Earlier number", one.number, note=f"({one.number} is now {one.ref} since {day(one.until_on)})")
        else:
            said = f"{one.number} was another action until {day(one.until_on)}: it is now {one.ref} {one.title}"
            url = url_for("plans.action_show", slug=action.plan.slug, ref=one.ref)
            yield Fact("This number before", said, url=url)


def editing_acts(page: ActionPage) -> Iterator[ActLink]:
    """Lead to the page on which the office edits the action's words and milestones, while it is not closed."""
    if page.action.state not in CLOSED_STATES and allowed(Permission.PLAN_EDIT, page.action):
        url = url_for("plans.action_change", slug=page.action.plan.slug, ref=page.action.ref)
        yield ActLink("Edit its words and milestones", url)
