"""One row of a table as an action: its title, milestones, dates, leads and the doubts that each of them leaves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.declared import read_declared
from tracker.plans.rules.reading.leads import Leads
from tracker.plans.rules.reading.pairing import Doubt
from tracker.plans.rules.reading.parts import read_steps
from tracker.plans.rules.reading.references import Titles, mentions
from tracker.plans.rules.reading.results import (
    ActionReading,
    MilestoneReading,
    PlanWarning,
    ReferenceReading,
    WarningCode,
)
from tracker.plans.rules.reading.rows import Row
from tracker.plans.rules.reading.status import RagKey
from tracker.plans.rules.reading.table import ACTION, LEADS, MILESTONES, TARGET
from tracker.plans.rules.reading.titles import action_kind
from tracker.plans.rules.vocabulary import ActionKind


@dataclass(frozen=True)
class Draft:
    """An action and its warnings."""

    action: ActionReading
    warnings: tuple[PlanWarning, ...]


def draft_action(row: Row, ref: str, known: frozenset[str], approved_on: date | None, key: RagKey) -> Draft:
    """Return a row as an action, without its references, which need the titles of all others."""
    cells = row.cells
    steps = read_steps(row, known, approved_on)
    title = cell_text(cells.get(ACTION, ""))
    kind = action_kind(title)
    declared = read_declared(row.by_part, key, is_placeholder=kind is ActionKind.PLACEHOLDER)
    action = ActionReading(
        ref=ref,
        title=title,
        kind=kind,
        leads=tuple(dict.fromkeys(steps.leads.people)),
        target_text=cell_text(cells.get(TARGET, "")),
        milestones=tuple(
            MilestoneReading(step, found, leads=names)
            for (step, found), names in zip(steps.pairing.steps, steps.own, strict=True)
        ),
        references=(),
        source_lines=tuple(row.lines),
        cells=dict(cells),
        declared=declared.code,
        status_text=declared.text,
    )
    leads = _about_leads(steps.leads, cell_text(cells.get(LEADS, "")))
    return Draft(action, _warnings(row, action, (*steps.pairing.doubts, *leads, *declared.doubts)))


def _warnings(row: Row, action: ActionReading, doubts: tuple[Doubt, ...]) -> tuple[PlanWarning, ...]:
    first, ref = row.lines[0], action.ref
    joined = f"This line has no number. It was joined to the row of {ref} above it, cell by cell"
    return (
        *(PlanWarning(code, ref, first, words) for code, words in (*_about_kind(action), *doubts)),
        *(PlanWarning(WarningCode.SPLIT_ROW, ref, line, joined) for line in row.joined_lines),
        *(PlanWarning(code, ref, line, words) for code, line, words in row.doubts),
    )


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
