"""The milestones, dates and leads of an action in one or several rows of a table; one cell is read elsewhere."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.leads import Leads, read_leads
from tracker.plans.rules.reading.pairing import Doubt, Pairing, pair
from tracker.plans.rules.reading.prose import date_suggestion
from tracker.plans.rules.reading.results import LeadReading, WarningCode
from tracker.plans.rules.reading.rows import Row
from tracker.plans.rules.reading.table import ACTION, LEADS, MILESTONES, TARGET

_WANTS_A_DATE = frozenset({WarningCode.UNDATED, WarningCode.MORE_DATES})


@dataclass(frozen=True)
class Steps:
    """The milestones of an action with their dates, the leads of each where it has its own, and all its leads."""

    pairing: Pairing
    own: tuple[tuple[str, ...], ...]
    leads: Leads


def read_steps(row: Row, known: frozenset[str], approved_on: date | None) -> Steps:
    """Return the milestones of a row: of several rows of one action each with its own date and lead.

    In a table without a column for milestones the action itself is the one milestone.
    """
    parts = [part for part in row.parts if part.get(MILESTONES, "").strip() or part.get(TARGET, "").strip()]
    if len(parts) > 1 and all(part.get(MILESTONES, "").strip() for part in parts):
        return _of_parts(parts, known, approved_on)
    cells = row.cells
    milestones = cells[MILESTONES] if MILESTONES in cells else cell_text(cells.get(ACTION, ""))
    pairing = _suggested(pair(milestones, cells.get(TARGET, ""), approved_on=approved_on), cells.get(TARGET, ""))
    leads = read_leads(cells.get(LEADS, ""), steps=len(pairing.steps), known=known)
    own = tuple((lead.name,) for lead in leads.people) if leads.by_step else ((),) * len(pairing.steps)
    return Steps(pairing, own, leads)


def _of_parts(parts: list[dict[str, str]], known: frozenset[str], approved_on: date | None) -> Steps:
    pairings = [
        _suggested(pair(part[MILESTONES], part.get(TARGET, ""), approved_on=approved_on), part.get(TARGET, ""))
        for part in parts
    ]
    named = [
        read_leads(part.get(LEADS, ""), steps=len(pairing.steps), known=known)
        for part, pairing in zip(parts, pairings, strict=True)
    ]
    everyone: tuple[LeadReading, ...] = tuple(dict.fromkeys(chain.from_iterable(one.people for one in named)))
    differ = len({one.people for one in named if one.people}) > 1
    own = [
        tuple(lead.name for lead in one.people) if differ else ()
        for one, pairing in zip(named, pairings, strict=True)
        for _ in pairing.steps
    ]
    whole = Pairing(
        tuple(chain.from_iterable(pairing.steps for pairing in pairings)),
        tuple(chain.from_iterable(pairing.doubts for pairing in pairings)),
    )
    return Steps(whole, tuple(own), Leads(everyone, by_step=False, is_guess=any(one.is_guess for one in named)))


def _suggested(pairing: Pairing, target: str) -> Pairing:
    """Return the pairing with what the text of its date seems to say, where no date was read from it."""
    is_read = any(found.due for _, found in pairing.steps)
    suggestion = date_suggestion(cell_text(target)) if target and not is_read else ""
    if not suggestion:
        return pairing

    def with_suggestion(doubt: Doubt) -> Doubt:
        code, words = doubt
        return (code, f"{words}. {suggestion}".replace("..", ".")) if code in _WANTS_A_DATE else doubt

    return Pairing(pairing.steps, tuple(map(with_suggestion, pairing.doubts)))
