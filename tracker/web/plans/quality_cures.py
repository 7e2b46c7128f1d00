"""The page that mends each weakness of a plan; who may not mend it is led to where it stands."""

from typing import Any

from flask import url_for

from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.rules.quality import Fault, Finding, Place
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.wordings import Wording
from tracker.web.access import allowed

_TEXTS = {Place.OUTCOME: Wording.OUTCOME, Place.MEASURE: Wording.MEASURE}


def cure_of(plan: Plan, one: Finding) -> tuple[str, str]:
    """Return the address of the page that mends a finding, and what to do there."""
    if one.place is Place.LEAD:
        return url_for("plans.action_index", slug=plan.slug, lead=one.key), "See the actions"
    if not allowed(Permission.PLAN_EDIT, plan):
        return _where_it_stands(plan, one)
    if one.ref:
        return _of_action(plan, one)
    if one.place is Place.ITEM:
        return url_for("plans.item_areas", slug=plan.slug, item_id=one.key), "Choose areas"
    if one.place in _TEXTS:
        kind = _TEXTS[one.place]
        url = url_for("plans.text_change", slug=plan.slug, number=one.area, kind=kind.value, text_id=one.key)
        return url, f"Change the {kind.words}"
    kind = Wording.MEASURE
    return url_for("plans.text_add", slug=plan.slug, number=one.area, kind=kind.value), "Add a measure"


def _of_action(plan: Plan, one: Finding) -> tuple[str, str]:
    """Return where something of an action is mended: its milestones and dates, what it promises, its references."""
    about: dict[str, Any] = {"slug": plan.slug, "ref": one.ref}
    if one.place is Place.REFERENCE:
        return url_for("plans.reference_decide", link_id=one.key, **about), "Settle the reference"
    if one.fault is Fault.PLACEHOLDER:
        return url_for("plans.action_agree", **about), f"Agree actions for {one.ref}"
    if one.place is not Place.MILESTONE:
        return url_for("plans.milestone_add", **about), f"Add a milestone to {one.ref}"
    if plan.status is PlanStatus.DRAFT:
        return url_for("plans.milestone_change", milestone_id=one.key, **about), "Give it a date"
    # In an approved plan a date comes with an update, and is decided on (domain A4, 7).
    return url_for("plans.action_update", **about), "Give it a date"


def _where_it_stands(plan: Plan, one: Finding) -> tuple[str, str]:
    if one.ref:
        return url_for("plans.action_show", slug=plan.slug, ref=one.ref), f"Open {one.ref}"
    if one.place is Place.ITEM:
        return url_for("plans.plan_coverage", slug=plan.slug), "See what is answered"
    return url_for("plans.area_show", slug=plan.slug, number=one.area), f"Open area {one.area}"
