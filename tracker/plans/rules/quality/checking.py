"""Finds what is weak in a plan, kind by kind (domain A10, report 7); loading the plan and showing it is elsewhere."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.core.text import counted
from tracker.plans.rules.likeness import alike_within
from tracker.plans.rules.quality.findings import Fault, Finding, Place
from tracker.plans.rules.quality.subjects import CheckedAction, CheckedMilestone, CheckedPlan
from tracker.plans.rules.quality.wording import is_activity, names_a_number
from tracker.plans.rules.vocabulary import MilestoneKind

# More open actions than this are too many for one lead, unless the reader says otherwise.
MOST_ACTIONS = 6
_TWINS = 0.85
_UNDATED = frozenset({MilestoneKind.UNDATED, MilestoneKind.WAITING})


def check_plan(plan: CheckedPlan, *, most_actions: int = MOST_ACTIONS) -> tuple[Finding, ...]:
    """Return every finding, kind by kind and within a kind in plan order; a lead may carry `most_actions`."""
    finders = (
        _undated(plan),
        _placeholders(plan),
        _open_measures(plan),
        _loose_objectives(plan),
        _activities(plan),
        _twin_measures(plan),
        _unanswered(plan),
        _references(plan),
        _overloaded(plan, most_actions),
    )
    return tuple(finding for finder in finders for finding in finder)


def _undated(plan: CheckedPlan) -> Iterator[Finding]:
    for action in plan.actions:
        if action.is_placeholder:
            continue
        if not action.has_milestones:
            yield _of_action(Fault.UNDATED, action, action.title, "It has no milestone")
        for step in action.milestones:
            if step.kind in _UNDATED:
                found = _of_action(Fault.UNDATED, action, step.title, _no_date(step))
                yield replace(found, place=Place.MILESTONE, key=step.id)


def _no_date(step: CheckedMilestone) -> str:
    return f"Waits for {step.waits_on}" if step.waits_on else "The milestone has no date"


def _placeholders(plan: CheckedPlan) -> Iterator[Finding]:
    for action in plan.actions:
        if action.is_placeholder:
            yield _of_action(Fault.PLACEHOLDER, action, action.title, "Replace it by actions, or withdraw it")


def _open_measures(plan: CheckedPlan) -> Iterator[Finding]:
    for area in plan.areas:
        for one in area.measures:
            if not names_a_number(one.text):
                note = "Names no baseline and no target"
                yield Finding(Fault.OPEN_MEASURE, Place.MEASURE, one.text, note, area.number, key=one.id)


def _loose_objectives(plan: CheckedPlan) -> Iterator[Finding]:
    for area in plan.areas:
        for text in area.objectives if not area.measures else ():
            yield Finding(Fault.LOOSE_OBJECTIVE, Place.AREA, text, "The area has no measure", area.number)


def _activities(plan: CheckedPlan) -> Iterator[Finding]:
    for area in plan.areas:
        for one in area.outcomes:
            if is_activity(one.text):
                note = "Say what children will notice"
                yield Finding(Fault.ACTIVITY, Place.OUTCOME, one.text, note, area.number, key=one.id)


def _twin_measures(plan: CheckedPlan) -> Iterator[Finding]:
    measures = [(area.number, one) for area in plan.areas for one in area.measures]
    for first, second in sorted(alike_within([one.text for _, one in measures], least=_TWINS)):
        (area, one), (where, twin) = measures[first], measures[second]
        words = "In the same words" if one.text == twin.text else f"Nearly the same: “{twin.text}”"
        yield Finding(Fault.TWIN_MEASURES, Place.MEASURE, one.text, f"{words}, in area {where}", area, key=one.id)


def _unanswered(plan: CheckedPlan) -> Iterator[Finding]:
    for item in plan.items:
        yield Finding(Fault.UNANSWERED, Place.ITEM, item.words, f"{item.about}: {item.why.lower()}", key=item.id)


def _references(plan: CheckedPlan) -> Iterator[Finding]:
    for one in plan.references:
        note = f"May mean {one.target}" if one.target else "Names no action of this plan"
        yield Finding(
            Fault.REFERENCE, Place.REFERENCE, one.text, note, one.area, one.ref, key=one.id, actions=(one.action_id,)
        )


def _overloaded(plan: CheckedPlan, most: int) -> Iterator[Finding]:
    carried: dict[int, list[CheckedAction]] = {}
    for action in plan.actions:
        if action.lead_id is not None:
            carried.setdefault(action.lead_id, []).append(action)
    for lead_id, actions in sorted(carried.items(), key=lambda pair: (-len(pair[1]), pair[1][0].lead)):
        if len(actions) > most:
            note = f"{counted(len(actions), 'open action')}: {', '.join(action.ref for action in actions)}"
            ids = tuple(action.id for action in actions)
            yield Finding(Fault.OVERLOADED, Place.LEAD, actions[0].lead, note, key=lead_id, actions=ids)


def _of_action(fault: Fault, action: CheckedAction, text: str, note: str) -> Finding:
    return Finding(fault, Place.ACTION, text, note, action.area, action.ref, actions=(action.id,))
