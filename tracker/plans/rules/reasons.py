"""Each reason for a rating with the days on which it holds and its words; which colour follows is the outlook's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.facts import ActionFacts, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.undated import past_grace_on, undated_since
from tracker.plans.rules.vocabulary import MilestoneKind
from tracker.plans.rules.wording import day_in_words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an action is rated as it is, from one day to another (both included), or until a fact changes.

    A reason of level green says something worth knowing that does not worsen the rating. `beforehand` is how it is
    said while it is still to come, where its words would claim that it has happened; `cure` is what would stop it then.
    """

    level: Rag
    from_on: date
    words: str
    until_on: date | None = None
    beforehand: str = ""
    cure: str = ""

    @property
    def words_to_come(self) -> str:
        """The words for a reader of a day before it holds."""
        return self.beforehand or self.words

    def holds_on(self, day: date) -> bool:
        """Whether the reason is in force that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def milestone_reasons(milestone: MilestoneFacts, approved_on: date, parameters: Parameters) -> Iterator[Reason]:
    """Yield why one live milestone is not green, worked out for every day at once (domain A5)."""
    if not milestone.is_live:
        return
    if milestone.recurs:
        yield from _recurring(milestone, parameters)
    elif milestone.kind is MilestoneKind.DATED and milestone.due is not None:
        yield from _dated(milestone, milestone.due, approved_on, parameters)
    else:
        yield from _undated(milestone, approved_on, parameters)


def action_reasons(facts: ActionFacts, parameters: Parameters) -> Iterator[Reason]:
    """Yield why a live action is not green beyond its milestones, and what a reader should know of it (domain A5)."""
    approved_on = facts.approved_on
    if not facts.milestones:
        yield from _without_date(
            approved_on,
            approved_on,
            parameters,
            now="No milestone has been set",
            later="Still no milestone",
            cure="Set a milestone with a date",
        )
    yield from _lead(facts, parameters)
    yield _stale(facts.stale_clock, parameters)
    if facts.on_hold_from is not None:
        yield from _on_hold(facts.on_hold_from, facts.review_on)
    for blocker in facts.blocked_by:
        yield Reason(
            Rag.AMBER,
            blocker.red_from,
            f"Blocked by {blocker.ref}, which is red",
            beforehand=f"Blocked by {blocker.ref}, which will be red",
            cure=f"Keep {blocker.ref} from turning red",
        )
    if facts.is_placeholder:
        yield Reason(Rag.NOT_SCHEDULED, approved_on, "Further actions are still to be agreed")
    elif facts.all_done:
        yield Reason(Rag.GREEN, approved_on, "Done, waiting for a check")
    elif facts.claimed:
        yield Reason(Rag.GREEN, approved_on, "Declared complete, waiting for a check")


def _on_hold(since: date, review_on: date | None) -> Iterator[Reason]:
    """Yield amber while an action is on hold; once its review is overdue the words say so (domain A3)."""
    words = f"On hold since {day_in_words(since)}"
    if review_on is None or review_on < since:
        yield Reason(Rag.AMBER, since, words)
        return
    review = day_in_words(review_on)
    yield Reason(Rag.AMBER, since, f"{words}, to be looked at again by {review}", review_on)
    yield Reason(
        Rag.AMBER,
        _next(review_on),
        f"{words}, was to be looked at again by {review} and was not",
        beforehand=f"{words}, to be looked at again by {review}",
    )


def _dated(milestone: MilestoneFacts, due: date, approved_on: date, parameters: Parameters) -> Iterator[Reason]:
    """Yield look-ahead, forecast and lateness of a milestone with a date.

    A forecast holds at once and until its own day, by when the date itself has passed.
    """
    title, due_words = f"'{milestone.title}'", day_in_words(due)
    if milestone.started_on is None:
        look_from = due - timedelta(days=parameters.lookahead_days)
        words = f"{title} is due by {due_words} and has not started"
        yield Reason(Rag.AMBER, look_from, words, due, cure=f"Start {title} and say so in an update")
    forecast = milestone.forecast
    if forecast is not None and forecast > due:
        words = f"{title} is due by {due_words} but is expected by {day_in_words(forecast)}"
        if forecast > due + timedelta(days=parameters.amber_days):
            words += f", more than {parameters.amber_days} days late"
            yield Reason(Rag.RED, approved_on, words, forecast)
        else:
            yield Reason(Rag.AMBER, approved_on, words, forecast)
    last_amber = due + timedelta(days=parameters.amber_days)
    yield _late(title, due, last_amber, _finish(title, due))
    yield Reason(
        Rag.RED,
        _next(last_amber),
        f"{title} was due by {due_words} and is more than {parameters.amber_days} days late",
        beforehand=f"{title}, due by {due_words}, will be more than {parameters.amber_days} days late",
        cure=_finish(title, last_amber),
    )


def _late(title: str, due: date, last_amber: date, cure: str) -> Reason:
    due_words = day_in_words(due)
    return Reason(
        Rag.AMBER,
        _next(due),
        f"{title} was due by {due_words} and is not done",
        last_amber,
        beforehand=f"{title} is due by {due_words} and is not done",
        cure=cure,
    )


def _finish(title: str, last_day: date) -> str:
    return f"Finish {title} by {day_in_words(last_day)}, or agree a new date by then"


def _undated(milestone: MilestoneFacts, approved_on: date, parameters: Parameters) -> Iterator[Reason]:
    """Yield the grey, amber and red of a milestone without a date, whose clock never starts before the approval."""
    title = f"'{milestone.title}'"
    now = f"{title} has no date"
    if milestone.waits_on:
        now = f"{title} waits for a date from {milestone.waits_on}"
    clock = undated_since(approved_on, decided_on=milestone.counted_from)
    later, cure = f"{title} still has no date", f"Agree a date for {title}"
    yield from _without_date(approved_on, clock, parameters, now=now, later=later, cure=cure)


def _without_date(
    approved_on: date, clock: date, parameters: Parameters, *, now: str, later: str, cure: str
) -> Iterator[Reason]:
    amber_from = past_grace_on(clock, parameters.grace_days)
    red_from = past_grace_on(clock, 2 * parameters.grace_days)
    since = day_in_words(clock)
    yield Reason(Rag.NOT_SCHEDULED, approved_on, now, _before(amber_from))
    for level, from_on, until_on, days in (
        (Rag.AMBER, amber_from, _before(red_from), parameters.grace_days),
        (Rag.RED, red_from, None, 2 * parameters.grace_days),
    ):
        beforehand = f"{now}, and {since} will be more than {days} days ago"
        yield Reason(level, from_on, f"{later}, more than {days} days after {since}", until_on, beforehand, cure)


def _recurring(milestone: MilestoneFacts, parameters: Parameters) -> Iterator[Reason]:
    """Yield lateness of the open turns: the first to turn amber and the first to turn red speak for all of them."""
    turns = [turn for turn in milestone.occurrences if turn.is_open]
    if not turns:
        return
    first_due = min(turn.due for turn in turns)
    worst = min(turns, key=lambda turn: (_turn_red_from(turn, parameters), turn.due))
    red_from = _turn_red_from(worst, parameters)
    is_long_late = red_from > worst.due + timedelta(days=parameters.amber_days)
    long_late = f"more than {parameters.amber_days} days late"
    why = f"is {long_late}" if is_long_late else "the next one has fallen due"
    why_then = f"will be {long_late}" if is_long_late else "will be late when the next one has fallen due"
    title, due_words = f"'{milestone.title}'", day_in_words(worst.due)
    yield _late(title, first_due, _before(red_from), _turn_done(title, first_due))
    yield Reason(
        Rag.RED,
        red_from,
        f"{title} was due by {due_words} and {why}",
        beforehand=f"{title}, due by {due_words}, {why_then}",
        cure=_turn_done(title, _before(red_from)),
    )


def _turn_done(title: str, last_day: date) -> str:
    return f"Do {title} by {day_in_words(last_day)}, or have this turn excused by then"


def _turn_red_from(turn: OccurrenceFacts, parameters: Parameters) -> date:
    """A turn is red when it is late by more than the amber days, or once the next one has fallen due, if sooner."""
    long_late = turn.due + timedelta(days=parameters.amber_days + 1)
    return long_late if turn.next_due is None else min(long_late, _next(turn.next_due))


def _lead(facts: ActionFacts, parameters: Parameters) -> Iterator[Reason]:
    """Yield amber at once and red after the grace days for an action that nobody answers for."""
    left_on = facts.lead_left_on
    if facts.has_lead and left_on is None:
        return
    since = facts.approved_on if left_on is None else max(facts.approved_on, left_on)
    words = f"The lead left on {day_in_words(left_on)}" if left_on and facts.has_lead else "No lead is named"
    last_amber = since + timedelta(days=parameters.grace_days)
    cure = "Name a lead who takes it up"
    yield Reason(Rag.AMBER, since, words, last_amber, words.replace("The lead left", "The lead leaves", 1), cure)
    long = f"led this for more than {parameters.grace_days} days"
    beforehand = f"Nobody will have {long}"
    yield Reason(Rag.RED, _next(last_amber), f"{words}, and nobody has {long}", beforehand=beforehand, cure=cure)


def _stale(clock: date, parameters: Parameters) -> Reason:
    """Say from when the missing of an update counts; the last day to give one is the day before."""
    last_day = clock + timedelta(days=parameters.cycle_days + parameters.stale_extra)
    silent, by_when = f"No update since {day_in_words(clock)}", f"due by {day_in_words(last_day)}"
    words, beforehand = f"{silent}: one was {by_when}", f"{silent}: one is {by_when}"
    cure = f"Save an update by {day_in_words(last_day)}"
    return Reason(Rag.AMBER, _next(last_day), words, beforehand=beforehand, cure=cure)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _before(day: date) -> date:
    return day - timedelta(days=1)
