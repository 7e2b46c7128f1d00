"""One row of a table as an action: its title, milestones, dates, leads and the doubts that each of them leaves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.leads import Leads, read_leads
from tracker.plans.rules.reading.pairing import Doubt, pair
from tracker.plans.rules.reading.references import Titles, mentions
from tracker.plans.rules.reading.results import (
    ActionReading,
    MilestoneReading,
    PlanWarning,
    ReferenceReading,
    WarningCode,
)
from tracker.plans.rules.reading.rows import Row
from tracker.plans.rules.reading.table import ACTION, LEADS, MILESTONES, TARGET
from tracker.plans.rules.reading.titles import action_kind
from tracker.plans.rules.vocabulary import ActionKind


@dataclass(frozen=True)
class Draft:
    """An action and its warnings."""

    action: ActionReading
    warnings: tuple[PlanWarning, ...]


def draft_action(row: Row, ref: str, known: frozenset[str], approved_on: date | None) -> Draft:
    """Return a row as an action, without its references, which need the titles of all others."""
    cells = row.cells
    pairing = pair(cells.get(MILESTONES, ""), cells.get(TARGET, ""), approved_on=approved_on)
    leads = read_leads(cells.get(LEADS, ""), steps=len(pairing.steps), known=known)
    own = [(lead.name,) for lead in leads.people] if leads.by_step else [()] * len(pairing.steps)
    title = cell_text(cells.get(ACTION, ""))
    action = ActionReading(
        ref=ref,
        title=title,
        kind=action_kind(title),
        leads=tuple(dict.fromkeys(leads.people)),
        target_text=cell_text(cells.get(TARGET, "")),
        milestones=tuple(
            MilestoneReading(step, found, leads=names) for (step, found), names in zip(pairing.steps, own, strict=True)
        ),
        references=(),
        source_lines=tuple(row.lines),
        cells=dict(cells),
    )
    doubts = (*_about_kind(action), *pairing.doubts, *_about_leads(leads, cell_text(cells.get(LEADS, ""))))
    joined = f"This line has no number. It was joined to the row of {ref} above it, cell by cell"
    warnings = (
        *(PlanWarning(code, ref, row.lines[0], words) for code, words in doubts),
        *(PlanWarning(WarningCode.SPLIT_ROW, ref, line, joined) for line in row.joined_lines),
    )
    return Draft(action, warnings)


def with_references(draft: Draft, titles: Titles) -> Draft:
    """Return the draft with the mentions of other work in its cells, each once."""
    action = draft.action
    references: dict[ReferenceReading, None] = {}
    doubts: dict[str, PlanWarning] = {}
    for name in (ACTION, MILESTONES, TARGET):
        for mention in mentions(cell_text(action.cells.get(name, ""))):
            reference, doubt = titles.read(mention, own=action.ref)
            references[reference] = None
            if doubt:
                doubts[doubt] = PlanWarning(WarningCode.UNRESOLVED_REFERENCE, action.ref, action.source_lines[0], doubt)
    return Draft(replace(action, references=tuple(references)), (*draft.warnings, *doubts.values()))


def _about_kind(action: ActionReading) -> Iterator[Doubt]:
    if action.kind is ActionKind.PLACEHOLDER:
        yield (
            WarningCode.PLACEHOLDER,
            "This stands for actions that are still to be agreed. It is never shown as on track",
        )


def _about_leads(leads: Leads, cell: str) -> Iterator[Doubt]:
    if not leads.people:
        yield WarningCode.NO_LEAD, f"No lead is named: the cell says “{cell}”" if cell else "No lead is named"
    if leads.is_guess:
        names = "; ".join(f"“{lead.name}”" for lead in leads.people)
        yield WarningCode.SPLIT_GUESS, f"The leads are printed without marks. We read, one for each milestone: {names}"
    distinct = list(dict.fromkeys(lead.name for lead in leads.people))
    if len(distinct) > 1:
        others = ", ".join(distinct[1:])
        yield (
            WarningCode.SEVERAL_LEADS,
            f"{len(distinct)} leads are named. {distinct[0]} is accountable; also: {others}",
        )
