"""What auditors, moderators and the programme office must be told (domain A12); never a word of a case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.text import counted, joined, shortened
from tracker.core.working_days import is_working_day, working_days_before
from tracker.notices.rules.facts import AuditDue, Closing, RoundDone
from tracker.notices.rules.occasions import Entry, Link, Occasion, OccasionKind, occasion
from tracker.plans.rules.wording import short_day

STILL_DAYS = 3
COMPLETION = 85
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Missing:
    """Updates that are owed: how many of how many, and the leads who owe them."""

    number: int
    of: int
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadLeft:
    """A lead named in a plan who has left with actions still open."""

    party_id: int
    name: str
    left_on: date
    actions: int


@dataclass(frozen=True, slots=True)
class PlanWork:
    """What waits in one plan: actions without a date since their grace ended on a day, and open doubts of an import."""

    plan_id: int
    slug: str
    title: str
    count: int
    on: date


def auditor_occasions(audits: Iterable[AuditDue]) -> Iterator[Occasion]:
    """Tell an auditor of files newly given, due in three working days, and past their day."""
    for audit in audits:
        entry = Entry(
            audit.code,
            audit.code,
            facts=(f"{audit.team}, due on {short_day(audit.due_on)}.",),
            links=(Link(f"Open {audit.code}", "audits.audit_show", (("public_id", audit.public_id),)),),
        )
        yield occasion(OccasionKind.ALLOCATED, audit.public_id, audit.allocated_on, entry)
        soon = working_days_before(audit.due_on, STILL_DAYS)
        yield occasion(OccasionKind.AUDIT_DUE, audit.public_id, soon, entry, until=audit.due_on)
        yield occasion(OccasionKind.AUDIT_LATE, audit.public_id, audit.due_on + timedelta(days=1), entry)


def moderator_occasions(concerns: Iterable[str], rounds: Iterable[RoundDone], day: date) -> Iterator[Occasion]:
    """Tell of each concern every day until somebody acknowledges it, and once of a round under 85%."""
    for number in concerns:
        link = Link(f"Open {number}", "audits.concern_show", (("public_id", number),))
        entry = Entry(number, number, facts=("Nobody has acknowledged it yet.",), links=(link,))
        yield occasion(OccasionKind.CONCERN, f"{number}:{day}", day, entry, until=day)
    for one in rounds:
        if one.sent * 100 < COMPLETION * one.allocated:
            link = Link("Open the round", "audits.round_show", (("slug", one.slug),))
            done = f"{one.sent} of {counted(one.allocated, 'audit')} by {short_day(one.due_on)}"
            entry = Entry(done, done, links=(link,))
            yield occasion(OccasionKind.COMPLETION, one.slug, one.due_on + timedelta(days=1), entry)


def missing_occasions(
    missing: Missing, closing: Closing | None, last_closing: Closing | None, day: date
) -> Iterator[Occasion]:
    """Tell the office three working days before updates close what is missing, and the day after what never came."""
    if not missing.number:
        return
    link = Link("Ask for them", "home.office_chase")
    names = _names(missing.leads)
    if closing is not None:
        soon = working_days_before(closing.closes_on, STILL_DAYS)
        title = f"{counted(missing.number, 'update')} missing, {_left(day, closing.closes_on)}"
        yield occasion(
            OccasionKind.STILL_MISSING,
            str(closing.meeting_on),
            soon,
            Entry(title, title, lines=(names,), links=(link,)),
            until=closing.closes_on,
        )
    if last_closing is not None:
        title = f"{missing.number} of {counted(missing.of, 'action')}"
        after = last_closing.closes_on + timedelta(days=1)
        entry = Entry(title, title, lines=(names,), links=(link,))
        yield occasion(OccasionKind.NOT_GIVEN, str(last_closing.meeting_on), after, entry)


def office_occasions(
    left: Iterable[LeadLeft], undated: Iterable[PlanWork], doubts: Iterable[PlanWork]
) -> Iterator[Occasion]:
    """Tell the office of leads who left, of actions without a date past their grace, and of doubts of an import."""
    for one in left:
        fact = f"{counted(one.actions, 'open action')} without a lead since {short_day(one.left_on)}."
        link = Link("Say who leads now", "settings.party_show", (("party_id", one.party_id),))
        entry = Entry(one.name, f"Lead {one.party_id}", facts=(fact,), links=(link,))
        yield occasion(OccasionKind.LEAD_LEFT, f"{one.party_id}:{one.left_on}", one.left_on, entry)
    for kind, noun, endpoint, found in (
        (OccasionKind.UNDATED, "action", "plans.action_index", undated),
        (OccasionKind.DOUBTS, "doubt", "plans.plan_checks", doubts),
    ):
        for work in found:
            number = counted(work.count, noun)
            values: tuple[tuple[str, str | int], ...] = (("slug", work.slug),)
            if kind is OccasionKind.UNDATED:
                values = (*values, ("due", "tbc"))
            entry = Entry(
                f"{shortened(work.title, 60)}, {number}",
                number,
                links=(Link("Open the list", endpoint, values),),
            )
            yield occasion(kind, f"{work.plan_id}:{work.on}", work.on, entry)


def _left(day: date, closes_on: date) -> str:
    """Return how many working days are left, the closing day included."""
    left = sum(is_working_day(day + timedelta(days=number)) for number in range(1, (closes_on - day).days + 1))
    return f"{counted(left, 'working day')} to go" if left else "today is the last day"


def _names(leads: tuple[str, ...]) -> str:
    shown = list(leads[:_NAMED])
    rest = len(leads) - len(shown)
    return "Missing from " + joined([*shown, f"{rest} more"] if rest else shown) + "." if shown else ""
