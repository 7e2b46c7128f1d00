"""How often leads called an action better than its dates did on the day they said it, by lead and by area (A5)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.plans.queries.facts import outlooks_of
from tracker.plans.queries.reports.reported import About, Reported
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.timeline import Records
from tracker.plans.rules.declared import Beside, Tally, beside, tally
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DeclaredRag


@dataclass(frozen=True)
class Said:
    """One update: the colour that its lead gave, beside what the facts of that day gave, and why in words."""

    about: About
    on: date
    declared: Rag
    computed: Rag
    beside: Beside
    because: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """The updates of one lead, or of one area."""

    name: str
    tally: Tally


def declarations(report: Reported) -> list[Said]:
    """Return every update that gave a colour to a live action, the newest first, then in plan order.

    That an action is called complete is a claim, which the office answers, and no colour. What was withdrawn or sent
    back does not count.
    """
    found = [said for action in report.actions for said in _said(report, action)]
    return sorted(found, key=lambda said: said.on, reverse=True)


def by_lead(found: Iterable[Said]) -> list[Counted]:
    """Count updates by the lead who answers for the action now, whoever wrote them, the most often better first."""
    return _counted(found, lambda said: said.about.lead)


def by_area(found: Iterable[Said]) -> list[Counted]:
    """Count updates by the area of their action, the most often better first."""
    return _counted(found, lambda said: said.about.area)


def _counted(found: Iterable[Said], name: Callable[[Said], str]) -> list[Counted]:
    groups: dict[str, list[Beside]] = defaultdict(list)
    for said in found:
        groups[name(said)].append(said.beside)
    counted = [Counted(key, tally(group)) for key, group in groups.items()]
    return sorted(counted, key=lambda one: (-one.tally.better, -one.tally.compared, one.name.casefold()))


def _said(report: Reported, action: Standing) -> Iterator[Said]:
    about = report.about(action)
    first = max(report.approved_on, action.row.approved_on or report.approved_on)
    for update in report.timeline.actions[action.row.id].updates:
        if update.declared is DeclaredRag.COMPLETE or not first <= update.effective_on <= report.day:
            continue
        declared, then = Rag(update.declared.value), _outlook_on(report, action.row.id, update.effective_on)
        computed = then.computed_on(update.effective_on)
        if computed.is_closed:
            continue
        held = then.reasons_on(update.effective_on)
        because = tuple(one.words for one in held if one is not then.declaration and one.level is not Rag.GREEN)
        yield Said(about, update.effective_on, declared, computed, beside(declared, computed), because)


def _outlook_on(report: Reported, action_id: int, day: date) -> Outlook:
    """Rate one action on a day, with what it waits for, instead of the whole plan on every day of an update."""
    known = report.timeline.actions
    record = known[action_id].on(day)
    records = {action_id: record, **{link.id: known[link.id].on(day) for link in record.blockers if link.id in known}}
    return outlooks_of(Records(report.plan, day, records, report.timeline.meetings))[action_id]
