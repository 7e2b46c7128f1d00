"""What a page says of a plan that is over, and of the plans it replaced; refusing a change is the door's."""

from dataclasses import dataclass

from flask import url_for

from tracker.extensions import db_session
from tracker.plans.models import Plan
from tracker.plans.queries.replaced import replacing
from tracker.plans.rules.plan_life import why_kept
from tracker.web.access import current_person

_Link = tuple[str, str]


@dataclass(frozen=True)
class KeptNote:
    """Why nothing is changed, where work goes on, and whose work goes on here; plans as title and address."""

    why: str
    successor: _Link | None = None
    earlier: tuple[_Link, ...] = ()


def kept_note(plan: Plan) -> KeptNote | None:
    """Return what is to be said of a plan, with the plans around it, in one query; nothing of most plans."""
    around = replacing(db_session(), plan, current_person())
    links = {one.id: (one.title, url_for("plans.plan_show", slug=one.slug)) for one in around}
    successor = links.pop(plan.replaced_by_id, None) if plan.replaced_by_id else None
    why = why_kept(plan.status)
    return KeptNote(why, successor, tuple(links.values())) if why or links else None


def kept_within(plan: Plan) -> KeptNote | None:
    """Return why nothing is changed within a plan that is over, with no query: its own page says where work goes on."""
    why = why_kept(plan.status)
    return KeptNote(why) if why else None
