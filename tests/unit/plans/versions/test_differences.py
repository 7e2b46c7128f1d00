"""How two versions of a plan differ, as the Versions page tells it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.plans.rules.versions import (
    ActionContent,
    AreaContent,
    Kind,
    MilestoneContent,
    PlanContent,
    TextContent,
    canonical,
    content_hash,
    content_of,
    differences,
)

LIVE = MilestoneContent(1, "New structure live", "Oct 2026")
STAFFED = MilestoneContent(2, "Every post is filled", "Date to be confirmed")
FIRST = ActionContent(1, "1.1", "Start stage 1", ("Tom Whitcombe",), (LIVE, STAFFED))
SECOND = ActionContent(2, "1.2", "Agree the framework", ("Joanne Pike", "Tom Whitcombe"))
THIRD = ActionContent(3, "2.1", "Agree the model")
WORKLOAD = AreaContent(
    1,
    1,
    "Reasonable workloads",
    objectives=(TextContent(1, "Keep caseloads safe"),),
    outcomes=(TextContent(1, "Children know their worker"), TextContent(2, "for a year", 1)),
    measures=(TextContent(1, "Children for each worker"),),
    actions=(FIRST, SECOND),
)
EARLY_HELP = AreaContent(2, 2, "Early help", actions=(THIRD,))
PLAN = PlanContent("Improvement plan", (WORKLOAD, EARLY_HELP))


def with_first(**parts: Any) -> PlanContent:
    return PlanContent(PLAN.title, (replace(WORKLOAD, actions=(replace(FIRST, **parts), SECOND)), EARLY_HELP))


def with_area(**parts: Any) -> PlanContent:
    return PlanContent(PLAN.title, (replace(WORKLOAD, **parts), EARLY_HELP))


CASES = [
    ("the plan is renamed", replace(PLAN, title="Plan"), "Reworded", "The plan’s title", "Improvement plan", "Plan"),
    ("an action is reworded", with_first(title="Start"), "Reworded", "Action 1.1", "Start stage 1", "Start"),
    ("an action is renumbered", with_first(number="1.3"), "Renumbered", "Action 1.3", "1.1", "1.3"),
    ("the lead changes", with_first(leads=()), "Lead changed", "Action 1.1", "Tom Whitcombe", "No lead"),
    (
        "a date moves",
        with_first(milestones=(replace(LIVE, date="Dec 2026"), STAFFED)),
        "Re-dated",
        "Milestone of 1.1: New structure live",
        "Oct 2026",
        "Dec 2026",
    ),
    (
        "a milestone is taken out",
        with_first(milestones=(LIVE,)),
        "Gone",
        "Milestone of 1.1",
        "Every post is filled: Date to be confirmed",
        "",
    ),
    (
        "milestones change places",
        with_first(milestones=(STAFFED, LIVE)),
        "Moved",
        "Milestones of 1.1",
        "New structure live; Every post is filled",
        "Every post is filled; New structure live",
    ),
    ("an area is renamed", with_area(title="Caseloads"), "Reworded", "Area 1", "Reasonable workloads", "Caseloads"),
    ("an action is taken out", with_area(actions=(FIRST,)), "Gone", "Action 1.2", "Agree the framework", ""),
    ("an objective is taken out", with_area(objectives=()), "Gone", "Objective of area 1", "Keep caseloads safe", ""),
    (
        "a measure is added",
        with_area(measures=(*WORKLOAD.measures, TextContent(2, "Visits on time"))),
        "Added",
        "Measure of area 1",
        "",
        "Visits on time",
    ),
    (
        "an outcome stands on its own",
        with_area(outcomes=(WORKLOAD.outcomes[0], TextContent(2, "for a year"))),
        "Moved",
        "Outcome of area 1",
        "Within: Children know their worker",
        "On its own",
    ),
]


@pytest.mark.parametrize(
    ("new", "how", "about", "before", "after"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_difference_is_told_once(new: PlanContent, how: str, about: str, before: str, after: str) -> None:
    (found,) = differences(PLAN, new)
    assert (found.kind.word, found.about, found.before, found.after) == (how, about, before, after)


def test_an_action_in_another_area_is_moved_and_not_gone() -> None:
    moved = PlanContent(
        PLAN.title,
        (replace(WORKLOAD, actions=(FIRST,)), replace(EARLY_HELP, actions=(THIRD, replace(SECOND, number="2.2")))),
    )
    told = [(one.kind, one.about, one.before, one.after) for one in differences(PLAN, moved)]
    assert told == [
        (Kind.MOVED, "Action 2.2", "Area 1 Reasonable workloads", "Area 2 Early help"),
        (Kind.RENUMBERED, "Action 2.2", "1.2", "2.2"),
    ]


def test_an_area_that_is_gone_goes_with_all_it_holds() -> None:
    told = [(one.kind, one.about) for one in differences(PLAN, PlanContent(PLAN.title, (EARLY_HELP,)))]
    assert {kind for kind, _ in told} == {Kind.GONE}
    assert {(Kind.GONE, "Area 1"), (Kind.GONE, "Action 1.1"), (Kind.GONE, "Milestone of 1.1")} <= set(told)


words = st.text(max_size=6)
ids = st.integers(1, 5)


def some(things: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(things, max_size=most, unique_by=lambda thing: thing.id).map(tuple)


texts = some(st.builds(TextContent, ids, words, st.none() | ids))
milestones = some(st.builds(MilestoneContent, ids, words, words))
actions = some(st.builds(ActionContent, ids, words, words, st.lists(words, max_size=2).map(tuple), milestones))


def without_repeats(areas: tuple[AreaContent, ...]) -> tuple[AreaContent, ...]:
    """Leave each action in the first area that holds it: an action has one place."""
    seen: set[int] = set()
    kept = []
    for area in areas:
        own = tuple(action for action in area.actions if action.id not in seen)
        seen |= {action.id for action in own}
        kept.append(replace(area, actions=own))
    return tuple(kept)


areas = some(st.builds(AreaContent, ids, ids, words, texts, texts, texts, actions)).map(without_repeats)
plans = st.builds(PlanContent, words, areas)


@settings(max_examples=40)
@given(plans)
def test_what_is_equal_does_not_differ(plan: PlanContent) -> None:
    assert differences(plan, plan) == ()


@settings(max_examples=40)
@given(plans, plans)
def test_backwards_each_difference_is_the_same_with_added_for_gone(old: PlanContent, new: PlanContent) -> None:
    forth = sorted((one.kind.backwards, one.after, one.before) for one in differences(old, new))
    back = sorted((one.kind, one.before, one.after) for one in differences(new, old))
    assert forth == back


@settings(max_examples=40)
@given(plans, plans)
def test_what_differs_has_a_difference(old: PlanContent, new: PlanContent) -> None:
    assert (old == new) == (not differences(old, new))


@settings(max_examples=40)
@given(plans)
def test_what_is_kept_is_read_back_as_it_was(plan: PlanContent) -> None:
    written = canonical(plan)
    assert content_of(written) == plan
    assert content_hash(canonical(content_of(written))) == content_hash(written)
