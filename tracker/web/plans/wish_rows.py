"""The dates that were asked for, in their final words, for the page of an action and the pages that decide on them."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.plans.action_page import ActionPage


@dataclass(frozen=True)
class WishRow:
    """A date that was asked for, as the office or the assurance body decides on it."""

    milestone: str
    old: str
    new: str
    because: str
    asked_on: date
    url: str
    version: int
    who: str
    may_decide: bool


@dataclass(frozen=True)
class Asked:
    """What somebody asked for of an action, as the policy judges who decides; in a page's rows its record is far."""

    action: object
    needs_body: bool
    asked_by_id: int = 0


def reason_words(kind: str, words: str) -> str:
    """Return why a date moved: what kind of reason it is, when that was asked, and the lead's own words."""
    return ": ".join(part for part in (kind, words) if part)


def wishes_of(page: ActionPage) -> list[WishRow]:
    """Return the dates that wait for a decision, to who decides on dates of this action; some are the body's alone."""
    if not allowed(Permission.DATE_APPROVE, page.action):
        return []
    return [
        WishRow(
            milestone=line.title,
            old=line.shown,
            new=line.wish.to,
            because=reason_words(line.wish.kind_of_reason, line.wish.reason),
            asked_on=line.wish.asked_on,
            url=url_for(
                "plans.date_decide",
                slug=page.action.plan.slug,
                ref=page.action.ref,
                change_id=line.wish.id,
            ),
            version=line.wish.version,
            who=line.wish.who,
            may_decide=allowed(Permission.DATE_APPROVE, Asked(page.action, line.wish.needs_body)),
        )
        for line in page.lines
        if line.wish is not None and line.is_open
    ]
