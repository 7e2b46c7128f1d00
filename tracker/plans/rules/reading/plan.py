"""Putting a reading together: areas, actions and every doubt, from what the walk through the document gathered."""

from collections.abc import Iterator
from datetime import date

from tracker.plans.rules.reading.actions import Draft, draft_action, with_references
from tracker.plans.rules.reading.aliases import alike
from tracker.plans.rules.reading.headings import Section
from tracker.plans.rules.reading.leads import names_alone
from tracker.plans.rules.reading.numbers import Numbers
from tracker.plans.rules.reading.references import Titles
from tracker.plans.rules.reading.results import AreaReading, PlanReading, PlanWarning, Unread, WarningCode
from tracker.plans.rules.reading.scan import Scan, scan
from tracker.plans.rules.reading.sections import AreaDraft
from tracker.plans.rules.reading.status import NO_KEY, RagKey, columns_without_key
from tracker.plans.rules.reading.table import LEADS

_MOST_QUOTED = 80


def read_plan(text: str, *, approved_on: date | None, key: RagKey = NO_KEY) -> PlanReading:
    """Return what a document says of a plan; it never fails, and no line is lost.

    `approved_on` is the plan's approval: dates before it are warned of, and "monthly" is counted from it. `key` says
    what the words of a column of colours mean.
    """
    return put_together(scan(text), approved_on=approved_on, key=key)


def put_together(found: Scan, *, approved_on: date | None, key: RagKey = NO_KEY) -> PlanReading:
    """Return the plan that was found in a document, however its rows were gathered."""
    known = names_alone(row.cells.get(LEADS, "") for area in found.areas for row in area.rows)
    numbers = Numbers(row.ref for area in found.areas for row in area.rows)
    drafts = {
        area.number: [draft_action(row, numbers.take(row, area.number), known, approved_on, key) for row in area.rows]
        for area in found.areas
    }
    everyone = [draft for area in found.areas for draft in drafts[area.number]]
    titles = Titles({draft.action.ref: draft.action.title for draft in everyone})
    done = {draft.action.ref: with_references(draft, titles) for draft in everyone}
    areas = tuple(_area(area, [done[draft.action.ref] for draft in drafts[area.number]]) for area in found.areas)
    warnings = [
        *found.warnings,
        *numbers.warnings,
        *(warning for draft in done.values() for warning in draft.warnings),
        *_aliases(everyone),
        *_unread(found.unread),
    ]
    unread = tuple(sorted(found.unread, key=lambda one: one.line))
    unkeyed = columns_without_key((part for area in found.areas for row in area.rows for part in row.by_part), key)
    return PlanReading(areas, tuple(sorted(warnings, key=lambda warning: warning.line)), unread, unkeyed)


def _area(area: AreaDraft, drafts: list[Draft]) -> AreaReading:
    return AreaReading(
        number=area.number,
        label=area.label,
        title=area.title,
        line=area.line,
        objectives=area.texts(Section.OBJECTIVES),
        outcomes=area.outcomes(),
        measures=area.texts(Section.MEASURES),
        actions=tuple(draft.action for draft in drafts),
        source_lines=tuple(area.lines),
    )


def _aliases(drafts: list[Draft]) -> Iterator[PlanWarning]:
    where: dict[str, Draft] = {}
    for draft in drafts:
        for lead in draft.action.leads:
            where.setdefault(lead.name, draft)
    for first, second in alike(where):
        there, here = where[first].action, where[second].action
        message = f"“{second}” may be the same lead as “{first}” of {there.ref}. They were kept apart"
        yield PlanWarning(WarningCode.LEAD_ALIAS, here.ref, here.source_lines[0], message)


def _unread(lines: list[Unread]) -> Iterator[PlanWarning]:
    for line in lines:
        text = line.text if len(line.text) <= _MOST_QUOTED else f"{line.text[:_MOST_QUOTED].rstrip()}…"
        message = f"No area, section or table took this line: “{text}”"
        yield PlanWarning(WarningCode.UNREAD, None, line.line, message)
