"""What must be told of remedial actions, concerns and re-audits (domain A12): codes and days, no word of a case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.audits.rules.concerns import ConcernDays, ConcernStage
from tracker.audits.rules.remedials import RemedialState, lateness
from tracker.core.working_days import working_days_before
from tracker.notices.rules.occasions import Entry, Link, Occasion, OccasionKind, occasion
from tracker.plans.rules.wording import short_day

_RE_AUDIT_DAYS = 10
_SOON_DAYS = 1


@dataclass(frozen=True, slots=True)
class RemedialDue:
    """A remedial action that is not closed: the code of its file, its days, and since when it is as it is."""

    public_id: str
    code: str
    team: str
    state: RemedialState
    given_on: date
    due_on: date
    since: date
    version: int


@dataclass(frozen=True, slots=True)
class ConcernWaits:
    """A concern that was acknowledged and is not closed."""

    public_id: str
    code: str
    days: ConcernDays


@dataclass(frozen=True, slots=True)
class ReAuditDue:
    """A case to be audited again of which nothing is final."""

    public_id: str
    code: str
    due_on: date


def owner_occasions(remedials: Iterable[RemedialDue], day: date) -> Iterator[Occasion]:
    """Tell whoever sees to something what was given to them, that it is due the next working day, and that it is late.

    What is due that soon anyhow is told once.
    """
    for one in remedials:
        if not one.state.is_to_do:
            continue
        entry = _entry(one, f"due {_on(one.due_on)}")
        yield occasion(OccasionKind.REMEDIAL_GIVEN, one.public_id, one.given_on, entry)
        soon = working_days_before(one.due_on, _SOON_DAYS)
        if soon > one.given_on:
            key = f"{one.public_id}:{one.due_on}"
            yield occasion(OccasionKind.REMEDIAL_DUE, key, soon, entry, until=one.due_on)
        yield from _late(one, day)


def remedial_occasions(remedials: Iterable[RemedialDue], day: date) -> Iterator[Occasion]:
    """Tell moderators what is late, further up when it goes further up, and what waits for their check."""
    for one in remedials:
        yield from _late(one, day)
        if one.state is RemedialState.CLAIMED:
            entry = _entry(one, "said to be done, to be checked")
            yield occasion(OccasionKind.REMEDIAL_CHECK, f"{one.public_id}:{one.version}", one.since, entry)


def concern_occasions(concerns: Iterable[ConcernWaits], *, is_head: bool) -> Iterator[Occasion]:
    """Tell moderators of a concern that should have been acted on, and the head of service of one to close."""
    for one in concerns:
        due = one.days.next_due
        is_to_close = one.days.stage is ConcernStage.ACTED
        if due is None or (is_to_close and not is_head):
            continue
        from_on = one.days.acted_on if is_to_close else due + timedelta(days=1)
        link = Link(f"Open {one.code}", "audits.concern_show", (("public_id", one.public_id),))
        fact = f"{one.days.stage.waits_for}, due {_on(due)}."
        entry = Entry(one.code, one.code, facts=(fact,), links=(link,))
        key = f"{one.public_id}:{one.days.stage.value}"
        yield occasion(OccasionKind.CONCERN_WAITS, key, from_on or due, entry)


def re_audit_occasions(re_audits: Iterable[ReAuditDue]) -> Iterator[Occasion]:
    """Tell moderators ten working days before a re-audit is due, and the day after."""
    link = Link("Open the re-audits", "audits.re_audit_index")
    for one in re_audits:
        entry = Entry(one.code, one.code, facts=(f"Re-audit due {_on(one.due_on)}.",), links=(link,))
        soon = working_days_before(one.due_on, _RE_AUDIT_DAYS)
        yield occasion(OccasionKind.RE_AUDIT_DUE, one.public_id, soon, entry)
        late = one.due_on + timedelta(days=1)
        yield occasion(OccasionKind.RE_AUDIT_DUE, f"{one.public_id}:late", late, entry)


def _late(one: RemedialDue, day: date) -> Iterator[Occasion]:
    late = lateness(one.state, one.due_on, day)
    if late is None:
        return
    entry = _entry(one, f"was due {_on(one.due_on)}. {late.words}")
    key = f"{one.public_id}:{one.due_on}"
    yield occasion(OccasionKind.REMEDIAL_LATE, key, late.since, entry)
    if late.is_further:
        yield occasion(OccasionKind.REMEDIAL_LATE, f"{key}:further", late.further_on, entry)


def _entry(one: RemedialDue, fact: str) -> Entry:
    link = Link(f"Open {one.code}", "audits.remedial_show", (("public_id", one.public_id),))
    return Entry(one.code, one.code, facts=(f"{one.team}, {fact}.",), links=(link,))


def _on(day: date) -> str:
    return f"on {short_day(day)}"
