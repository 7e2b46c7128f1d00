"""A reading with the actions that a person put right; nothing of the document itself is changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tracker.plans.rules.dates import read_cell_date
from tracker.plans.rules.importing.answers import Correction, Step
from tracker.plans.rules.reading import ActionReading, LeadReading, MilestoneReading, PlanReading
from tracker.plans.rules.reading.lead_kinds import lead_kind
from tracker.plans.rules.reading.titles import action_kind


def corrected(reading: PlanReading, corrections: Mapping[str, Correction], *, approved_on: date | None) -> PlanReading:
    """Return a reading with its actions as a person put them right; their cells stay as the document has them.

    A number that the reading does not have, because the document was read anew with other columns, is passed over.
    """
    if not corrections:
        return reading
    areas = tuple(
        replace(
            area,
            actions=tuple(
                _put_right(action, corrections[action.ref], approved_on) if action.ref in corrections else action
                for action in area.actions
            ),
        )
        for area in reading.areas
    )
    return replace(reading, areas=areas)


def lead_names(reading: PlanReading) -> tuple[str, ...]:
    """Return the names of all leads, those of single milestones too, each once, in the order of the plan."""
    names: dict[str, None] = {}
    for area in reading.areas:
        for action in area.actions:
            names.update(dict.fromkeys(lead.name for lead in action.leads))
            for milestone in action.milestones:
                names.update(dict.fromkeys(milestone.leads))
    return tuple(names)


def _put_right(action: ActionReading, said: Correction, approved_on: date | None) -> ActionReading:
    leads = {lead.name: lead for lead in action.leads}
    own = {milestone.title: milestone.leads for milestone in action.milestones}
    same = {(milestone.title, milestone.date.text): milestone for milestone in action.milestones}
    return replace(
        action,
        title=said.title,
        kind=action_kind(said.title),
        leads=tuple(leads.get(name) or LeadReading(name, lead_kind(name)) for name in said.leads),
        milestones=tuple(
            same.get((step.title, step.date))
            or MilestoneReading(
                step.title, read_cell_date(step.date, counted_from=approved_on), own.get(step.title, ())
            )
            for step in said.steps
        ),
    )


def _milestone(step: Step, leads: tuple[str, ...], approved_on: date | None) -> MilestoneReading:
    return MilestoneReading(step.title, read_cell_date(step.date, counted_from=approved_on), leads)
