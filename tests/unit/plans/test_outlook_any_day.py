"""The stored dates give the rule's colour on every day, against the rule worked through step by step for each day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.plans.rules.facts import ActionFacts, Blocker, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.outlook import colour_from_dates, outlook
from tracker.plans.rules.overrides import OverrideFacts
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import MilestoneKind

APPROVED = date(2015, 1, 13)
LAST_OFFSET = 420
DEFAULTS = Parameters()

some_days = st.integers(-60, 240).map(lambda offset: APPROVED + timedelta(days=offset))
maybe_days = st.none() | some_days
gaps = st.none() | st.integers(1, 100)


@st.composite
def turns(draw: st.DrawFn) -> OccurrenceFacts:
    due, gap = draw(some_days), draw(gaps)
    next_due = None if gap is None else due + timedelta(days=gap)
    return OccurrenceFacts(due, next_due, done_on=draw(maybe_days), excused=draw(st.booleans()))


milestones = st.builds(
    MilestoneFacts,
    title=st.just("Step"),
    kind=st.sampled_from(MilestoneKind),
    due=maybe_days,
    forecast=maybe_days,
    counted_from=maybe_days,
    started_on=maybe_days,
    done_on=st.none() | maybe_days,
    occurrences=st.lists(turns(), max_size=3).map(tuple),
)
actions = st.builds(
    ActionFacts,
    approved_on=st.just(APPROVED),
    starts_on=maybe_days,
    closed=st.sampled_from([None, None, None, None, Rag.COMPLETE, Rag.EMBEDDED, Rag.WITHDRAWN]),
    is_placeholder=st.booleans(),
    has_lead=st.sampled_from([True, True, False]),
    lead_left_on=st.none() | maybe_days,
    on_hold_from=st.none() | maybe_days,
    review_on=maybe_days,
    claimed=st.booleans(),
    last_update_on=maybe_days,
    declared=st.sampled_from([None, Rag.RED, Rag.AMBER, Rag.GREEN, Rag.COMPLETE]),
    blocked_by=st.lists(st.builds(Blocker, ref=st.just("6.4"), red_from=some_days), max_size=1).map(tuple),
    milestones=st.lists(milestones, max_size=3).map(tuple),
)
# Of actions alone that have an override: the rule of it has its own tests.
overridden_actions = st.builds(
    lambda facts, override: replace(facts, override=override),
    actions,
    st.none()
    | st.builds(
        OverrideFacts,
        value=st.sampled_from([Rag.AMBER, Rag.GREEN]),
        over=st.sampled_from([Rag.RED, Rag.AMBER, Rag.NOT_SCHEDULED]),
        until=some_days,
    ),
)


def undated_that_day(clock: date | None, day: date) -> str:
    waited = (day - max(APPROVED, clock or APPROVED)).days
    return "N" if waited <= 56 else "A" if waited <= 112 else "R"


def turn_that_day(turn: OccurrenceFacts, day: date) -> str:
    if turn.done_on is not None or turn.excused:
        return "G"
    late = (day - turn.due).days
    if late > 28 or (turn.next_due is not None and day > turn.next_due):
        return "R"
    return "A" if late > 0 else "G"


def step_that_day(step: MilestoneFacts, day: date) -> list[str]:
    if step.done_on is not None:
        return []
    if step.kind is MilestoneKind.RECURRING and step.occurrences:
        return ["G", *(turn_that_day(turn, day) for turn in step.occurrences)]
    if step.kind is not MilestoneKind.DATED or step.due is None:
        return [undated_that_day(step.counted_from, day)]
    late = (day - step.due).days
    slip = (step.forecast - step.due).days if step.forecast is not None else 0
    if late > 28 or slip > 28:
        return ["R"]
    if late > 0 or slip > 0 or (-late <= 28 and step.started_on is None):
        return ["A"]
    return ["G"]


def nobody_leads_that_day(facts: ActionFacts, day: date) -> str:
    if facts.has_lead and (facts.lead_left_on is None or day < facts.lead_left_on):
        return "G"
    since = max(APPROVED, facts.lead_left_on or APPROVED)
    if day < since:
        return "G"
    return "R" if (day - since).days > 56 else "A"


def colour_that_day(facts: ActionFacts, day: date) -> str:
    if facts.closed is not None:
        return facts.closed.value
    found = [colour for step in facts.milestones for colour in step_that_day(step, day)]
    if not facts.milestones:
        found.append(undated_that_day(None, day))
    found.append(nobody_leads_that_day(facts, day))
    if (day - max(APPROVED, facts.starts_on or APPROVED, facts.last_update_on or APPROVED)).days > 98:
        found.append("A")
    if facts.on_hold_from is not None and day >= facts.on_hold_from:
        found.append("A")
    if any(day >= blocker.red_from for blocker in facts.blocked_by):
        found.append("A")
    if facts.is_placeholder:
        found.append("N")
    return next(colour for colour in "RANG" if colour in found)


@settings(max_examples=150, deadline=None)
@given(facts=actions)
@example(facts=ActionFacts(APPROVED))
@example(facts=ActionFacts(APPROVED, has_lead=False, lead_left_on=APPROVED + timedelta(days=40)))
def test_the_stored_dates_give_the_colour_of_the_rule_on_every_day(facts: ActionFacts) -> None:
    result = outlook(facts, DEFAULTS)
    for offset in range(LAST_OFFSET):
        day = APPROVED + timedelta(days=offset)
        stored = colour_from_dates(result.closed, result.amber_from, result.red_from, result.unscheduled, day)
        assert stored == colour_that_day(facts, day), day


@settings(max_examples=100, deadline=None)
@given(facts=actions)
def test_the_reasons_in_force_explain_the_effective_rating_on_every_day(facts: ActionFacts) -> None:
    result = outlook(facts, DEFAULTS)
    if result.closed is not None:
        assert result.reasons == ()
        return
    for offset in range(LAST_OFFSET):
        day = APPROVED + timedelta(days=offset)
        reasons = result.reasons_on(day)
        assert (reasons[0].level if reasons else Rag.GREEN) is result.effective_on(day), day
        assert all(reason.words for reason in reasons)


@settings(max_examples=100, deadline=None)
@given(facts=actions)
def test_an_amber_day_is_stored_only_if_it_comes_before_the_red_one(facts: ActionFacts) -> None:
    result = outlook(facts, DEFAULTS)
    if result.amber_from is not None and result.red_from is not None:
        assert result.amber_from < result.red_from


@settings(max_examples=100, deadline=None)
@given(facts=actions)
def test_doing_nothing_never_improves_a_rating(facts: ActionFacts) -> None:
    result = outlook(facts, DEFAULTS)
    concerns = [result.effective_on(APPROVED + timedelta(days=offset)).concern for offset in range(LAST_OFFSET)]
    assert concerns == sorted(concerns, reverse=True)
