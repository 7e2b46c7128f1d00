"""What a delivery lead must be told (domain A12): updates due, milestones, colours, and work newly given."""

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.core.text import counted, shortened
from tracker.core.working_days import working_days_before
from tracker.notices.rules.facts import Closing, Detail, LedAction, Work
from tracker.notices.rules.occasions import KEEPS_FOR, Entry, Link, Occasion, OccasionKind, occasion
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.strip import Step
from tracker.plans.rules.wording import short_day

SOON = (28, 7)
DAYS_LEFT = 5
_LONGEST_TITLE, _LONGEST_QUOTE = 140, 300
_COLOURS = ((Rag.RED, "red"), (Rag.AMBER, "amber"), (Rag.GREEN, "green"))


def lead_occasions(work: Work, closing: Closing | None, day: date) -> list[Occasion]:
    """Return all that a lead may have to be told on a day; whether it was told before is not asked here."""
    found = list(_updates(work, closing, day))
    for action in work.actions:
        detail = work.detail(action)
        found += _colour(action, detail)
        found += _milestones(action, detail, day)
    given = [action for action in work.actions if day - action.given_on <= KEEPS_FOR]
    found += [
        occasion(OccasionKind.GIVEN, f"{action.id}:{action.given_on}", action.given_on, plain_entry(action))
        for action in given
    ]
    return found


def due_entries(work: Work, day: date) -> tuple[Entry, ...]:
    """Return an entry for each action whose update is owed, most concern first, with the links that open its form."""
    due = sorted((one for one in work.actions if one.is_due), key=lambda one: (one.rag.concern, one.plan_id, one.id))
    is_only = len(due) == 1
    return tuple(_due_entry(action, work.detail(action), day, has_choices=is_only) for action in due)


def plain_entry(action: LedAction, *facts: str) -> Entry:
    """Return an action with a link to its page."""
    address = (("slug", action.slug), ("ref", action.ref))
    heading = f"{action.ref} {shortened(action.title, _LONGEST_TITLE)}"
    return Entry(heading, action.ref, facts=facts, links=(Link(f"Open {action.ref}", "plans.action_show", address),))


def may_repeat(action: LedAction, detail: Detail, day: date) -> bool:
    """Say whether "no change" may be said of an action; what may not be repeated is the plans' own rule."""
    refusal = why_not_repeat(
        action.ref,
        declared=DeclaredRag(detail.said.code.value) if detail.said is not None else None,
        state=action.state,
        rag=action.rag,
        is_overdue=any(step.days_late(day) for step in detail.steps),
    )
    return refusal is None


def _updates(work: Work, closing: Closing | None, day: date) -> Iterator[Occasion]:
    """Tell that updates are open, that five working days are left, and that one is; only while something is owed."""
    entries = due_entries(work, day)
    if closing is None or not entries:
        return
    meeting = str(closing.meeting_on)
    days_left = working_days_before(closing.closes_on, DAYS_LEFT)
    last_day = working_days_before(closing.closes_on, 1)
    for kind, first, until in (
        (OccasionKind.OPENS, closing.opens_on, days_left - timedelta(days=1)),
        (OccasionKind.DAYS_LEFT, days_left, last_day - timedelta(days=1)),
        (OccasionKind.LAST_DAY, last_day, closing.closes_on),
    ):
        yield occasion(kind, meeting, first, *entries, until=until, closes=closing.words)


def _colour(action: LedAction, detail: Detail) -> Iterator[Occasion]:
    if detail.returned is not None:
        number, on = detail.returned
        yield occasion(OccasionKind.RETURNED, str(number), on, _returned(action))
    if action.rag is Rag.RED and action.red_from is not None:
        yield occasion(OccasionKind.TURNED_RED, f"{action.id}:{action.red_from}", action.red_from, plain_entry(action))
    for blocked in detail.blocked:
        yield occasion(
            OccasionKind.DEPENDENCY,
            f"{action.id}:{blocked.ref}:{blocked.red_from}",
            blocked.red_from,
            plain_entry(action, f"It waits for {blocked.ref}, which is red."),
        )


def _milestones(action: LedAction, detail: Detail, day: date) -> Iterator[Occasion]:
    for place, step in enumerate(detail.steps):
        if not step.is_open or step.due is None:
            continue
        name = f"{action.id}:{place}:{step.due}"
        if step.due < day:
            yield occasion(OccasionKind.OVERDUE, name, step.due + timedelta(days=1), _step(action, step, day))
        for ahead, following in zip(SOON, (*SOON[1:], 0), strict=True):
            first, end = step.due - timedelta(days=ahead), step.due - timedelta(days=following)
            until = min(end - timedelta(days=1) if following else step.due, first + KEEPS_FOR)
            yield occasion(OccasionKind.MILESTONE, f"{name}:{ahead}", first, _step(action, step, day), until=until)


def _step(action: LedAction, step: Step, day: date) -> Entry:
    entry = plain_entry(action)
    return Entry(
        entry.heading,
        entry.bare,
        lines=(_in_full(step, day),),
        bare_facts=(f"{_when(step, day)}.",),
        links=entry.links,
    )


def _when(step: Step, day: date) -> str:
    if step.due is None:
        return ""
    if step.due < day:
        return f"Overdue by {counted((day - step.due).days, 'day')}"
    left = (step.due - day).days
    ahead = f"in {counted(left, 'day')}" if left else "today"
    return f"Due on {short_day(step.due)}, {ahead}"


def _in_full(step: Step, day: date) -> str:
    return f"{_when(step, day)}: {shortened(step.title, _LONGEST_TITLE)}"


def _returned(action: LedAction) -> Entry:
    address = (("slug", action.slug), ("ref", action.ref))
    entry = plain_entry(action, "The programme office sent your last update back and says there why.")
    return Entry(
        entry.heading,
        entry.bare,
        facts=entry.facts,
        links=(Link(f"Read why and update {action.ref}", "plans.action_update", address),),
    )


def _due_entry(action: LedAction, detail: Detail, day: date, *, has_choices: bool) -> Entry:
    entry, said = plain_entry(action), detail.said
    colour = action.rag.word if said is None else said.code.word
    last = f"Last time, on {short_day(said.on)}, you said: {colour}." if said else "There is no update yet."
    late = sorted((step for step in detail.steps if step.days_late(day)), key=lambda step: -step.days_late(day))[:1]
    return Entry(
        entry.heading,
        entry.bare,
        facts=(last,),
        lines=tuple(_in_full(step, day) for step in late),
        bare_facts=tuple(f"{_when(step, day)}." for step in late),
        quote=shortened(said.words, _LONGEST_QUOTE) if said is not None and has_choices else "",
        links=_ways(action, detail, day, has_choices=has_choices),
    )


def _ways(action: LedAction, detail: Detail, day: date, *, has_choices: bool) -> tuple[Link, ...]:
    """Return the links of an action whose update is owed: each opens a page, and the page has the button."""
    address = (("slug", action.slug), ("ref", action.ref))
    ways: list[Link] = []
    if may_repeat(action, detail, day):
        label = f"No change: still {action.rag.word.lower()}"
        ways.append(Link(label, "plans.no_change_ask", address))
    if not has_choices:
        return (*ways, Link(f"Update {action.ref}", "plans.action_update", address))
    for rag, name in _COLOURS:
        label = f"Still {name}" if rag is action.rag else f"{rag.word} now"
        ways.append(Link(label, "plans.action_update", (*address, ("rag", name))))
    return (*ways, Link("Complete", "plans.action_update", (*address, ("rag", "complete"))))
