"""Each report as its tables: the columns that other programs read by their names; the rows come from the queries."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.plans.exports.reports.tables import Cell, ReportFile, Table
from tracker.plans.models import Plan
from tracker.plans.queries.load import LeadLoad
from tracker.plans.queries.reports.declared import Counted, Said, by_area, by_lead
from tracker.plans.queries.reports.exceptions import Exceptional
from tracker.plans.queries.reports.reported import About, Reported
from tracker.plans.queries.reports.slippage import SlippedAction, slip_reasons, slipped_leads
from tracker.plans.queries.reports.turning import TurningAction
from tracker.plans.rules.quality import Finding
from tracker.plans.rules.wording import day_in_words

QUALITY_HEADER = ("Weakness", "Area no.", "Action", "Words of the plan", "What is known", "Why it is weak")
_WHO = ("No.", "Action", "Area", "Lead")


def exceptions_file(report: Reported, rows: Iterable[Exceptional]) -> ReportFile:
    """Return the exception report (domain A10, 2)."""
    header = (
        *(*_WHO, "RAG", "RAG by its dates", "RAG declared", "Reasons", "Days late", "Milestone", "First date"),
        *("Date now", "Date now, as written", "Expected", "Times moved", "What is being done", "Asked of the meeting"),
        "Last update",
    )
    table = Table("Exceptions", header, tuple((*_who(row.about), *_exceptional(row)) for row in rows))
    note = "Every red and amber action, and every one not scheduled that is past its time without a date."
    return _file(report, "exceptions", "Exception report", [table], note)


def slippage_file(report: Reported, rows: Sequence[SlippedAction]) -> ReportFile:
    """Return slippage (domain A10, 5): milestones, actions, leads; moves and reasons for who may read them."""
    tables = [_slipped_milestones(rows, with_reasons=report.with_names), _slipped_actions(rows)]
    leads = slipped_leads(report, rows)
    lead_rows = tuple((one.lead, one.actions, one.of, one.whole.times, one.whole.days) for one in leads)
    tables.append(Table("Leads", ("Lead", "Actions moved", "Of actions", "Times moved", "Days moved"), lead_rows))
    if report.with_names:
        tables.append(_moves(rows))
        reasons = tuple((one.reason, one.moves, one.days) for one in slip_reasons(rows))
        tables.append(Table("Reasons", ("Reason", "Moves", "Days in all"), reasons))
    note = "Days moved are from the first date to the one now, of the milestone that moved most."
    return _file(report, "slippage", "Slippage", tables, note)


def turning_file(report: Reported, rows: Iterable[TurningAction], *, before: date) -> ReportFile:
    """Return what turns amber or red up to a day."""
    header = (*_WHO, "RAG", "RAG to come", "On", "Why", "What would stop it")
    cells = tuple(
        (*_who(row.about), row.rag.word, row.to.word, row.on, "; ".join(row.because), "; ".join(row.cures))
        for row in rows
    )
    note = f"What turns by {day_in_words(before)} if nothing is done."
    return _file(report, "turning", "What turns amber or red", [Table("Turning", header, cells)], note)


def declared_file(report: Reported, found: Sequence[Said]) -> ReportFile:
    """Return how leads' colours compare with those of the dates (domain A5): each update, then by lead and area."""
    header = (*_WHO, "Said on", "RAG declared", "RAG by its dates", "Declared was", "Why, by its dates")
    cells = tuple(
        (
            *(*_who(said.about), said.on, said.declared.word, said.computed.word),
            *(said.beside.value, "; ".join(said.because)),
        )
        for said in found
    )
    tables = [Table("Updates", header, cells), _counted("Lead", by_lead(found)), _counted("Area", by_area(found))]
    note = "Each update that gave a colour, beside the rule's colour on the day it was submitted."
    return _file(report, "declared", "Declared better than computed", tables, note)


def quality_file(plan: Plan, findings: Iterable[Finding], notes: Iterable[str], *, day: date) -> ReportFile:
    """Return what is weak in a plan (domain A10, 7)."""
    table = Table("Findings", QUALITY_HEADER, tuple(quality_cells(one) for one in findings))
    return ReportFile("quality", "Plan quality", plan.title, day, plan.rule_version, (table,), tuple(notes))


def quality_cells(one: Finding) -> tuple[Cell, ...]:
    """Return a finding as the cells of its row."""
    return one.fault.words, one.area or None, one.ref, one.text, one.note, one.fault.why


def leads_file(plan: Plan, loads: Sequence[LeadLoad], *, day: date) -> ReportFile:
    """Return the load of each lead (domain A10, 6)."""
    table = Table("Leads", LOAD_HEADER, tuple(load_cells(load) for load in loads))
    note = "Live actions by the lead who is accountable."
    return ReportFile("leads", "Leads", plan.title, day, plan.rule_version, (table,), (note,))


LOAD_HEADER = (
    *("Lead", "Post", "Kind", "Actions", "Helps with", "Updates due", "Red", "Overdue", "Last update", "Linked"),
    *("Left", "Numbers"),
)
NOBODY = "No lead is named"


def load_cells(load: LeadLoad) -> tuple[Cell, ...]:
    """Return a lead with what they carry as a line of a file."""
    lead = load.lead
    return (
        lead.name if lead is not None else NOBODY,
        lead.post if lead is not None else "",
        lead.kind.words if lead is not None else "",
        load.actions,
        load.helps,
        load.due,
        load.red,
        load.overdue,
        load.last_update_on,
        "yes" if load.is_linked else "no",
        lead.left_on if lead is not None else None,
        "; ".join(load.refs),
    )


def _file(report: Reported, name: str, title: str, tables: Sequence[Table], note: str) -> ReportFile:
    return ReportFile(name, title, report.plan.title, report.day, report.plan.rule_version, tuple(tables), (note,))


def _who(about: About) -> tuple[Cell, ...]:
    return about.ref, about.title, about.area, about.leads


def _exceptional(row: Exceptional) -> tuple[Cell, ...]:
    declared = row.declared.word if row.declared else ""
    dates = row.dates
    when: tuple[Cell, ...] = ("", None, None, "", None, 0)
    if dates is not None:
        when = (dates.milestone, dates.first, dates.due, dates.shown, dates.forecast, dates.times_moved)
    ratings = row.rag.word, row.computed.word, declared, "; ".join(row.reasons), row.days_late
    return (*ratings, *when, row.told.doing, row.told.ask, row.updated_on)


def _slipped_milestones(rows: Sequence[SlippedAction], *, with_reasons: bool) -> Table:
    header: tuple[str, ...] = (*_WHO, "RAG", "Milestone", "First date", "Date now", "Times moved", "Days moved")
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        for slip in row.slips:
            line = (row.rag.word, slip.milestone, slip.first, slip.now, slip.times, slip.days)
            kinds = "; ".join(dict.fromkeys(move.kind for move in slip.moves if move.kind))
            said = (kinds, "; ".join(dict.fromkeys(move.because for move in slip.moves if move.because)))
            cells.append((*_who(row.about), *line, *(said if with_reasons else ())))
    return Table("Milestones", (*header, "Kinds of reason", "Reasons") if with_reasons else header, tuple(cells))


def _moves(rows: Sequence[SlippedAction]) -> Table:
    """Return every single move, with what kind of reason was chosen and the words beside it."""
    header = (*_WHO, "Milestone", "Moved on", "From", "To", "Days", "Kind of reason", "Reason")
    cells = (
        (
            *(*_who(row.about), slip.milestone, move.decided_on, move.was, move.to),
            *(move.days if move.to is not None else None, move.kind, move.because),
        )
        for row in rows
        for slip in row.slips
        for move in slip.moves
    )
    return Table("Moves", header, tuple(cells))


def _slipped_actions(rows: Sequence[SlippedAction]) -> Table:
    header = (*_WHO, "RAG", "Milestones moved", "Times moved", "Days moved")
    cells = ((*_who(row.about), row.rag.word, len(row.slips), row.whole.times, row.whole.days) for row in rows)
    return Table("Actions", header, tuple(cells))


def _counted(what: str, counted: Iterable[Counted]) -> Table:
    header = (what, "Updates", "Declared better", "Declared worse", "Better, per cent")
    cells = ((one.name, one.tally.compared, one.tally.better, one.tally.worse, one.tally.share) for one in counted)
    return Table(f"By {what.lower()}", header, tuple(cells))
