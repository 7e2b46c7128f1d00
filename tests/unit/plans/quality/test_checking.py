"""What is found weak in a plan, kind by kind, on plans small enough to be read."""

from dataclasses import replace
from typing import Any

from tracker.plans.rules.quality import (
    CheckedAction,
    CheckedArea,
    CheckedItem,
    CheckedMilestone,
    CheckedPlan,
    CheckedReference,
    CheckedText,
    Fault,
    Place,
    check_plan,
)
from tracker.plans.rules.vocabulary import MilestoneKind

DATED = CheckedMilestone("Draft written", MilestoneKind.DATED)


def found(plan: CheckedPlan, **options: int) -> list[tuple[str, str, str]]:
    return [(one.fault.value, one.text, one.note) for one in check_plan(plan, **options)]


def texts(*words: str) -> tuple[CheckedText, ...]:
    return tuple(CheckedText(text, number) for number, text in enumerate(words, start=1))


def an_action(ref: str = "1.1", **facts: Any) -> CheckedAction:
    return replace(CheckedAction(1, ref, "Count caseloads", 1, milestones=(DATED,)), **facts)


def test_nothing_is_found_in_a_plan_without_weakness() -> None:
    area = CheckedArea(
        1, "Workloads", ("Know them",), texts("Children keep one worker"), texts("From 24 to 18 children")
    )
    assert found(CheckedPlan((area,), (an_action(lead_id=1, lead="Hannah Osei"),))) == []


def test_an_action_without_milestone_or_with_an_open_date_is_undated() -> None:
    waiting = CheckedMilestone("Model agreed", MilestoneKind.WAITING, "the Board")
    tbc = CheckedMilestone("Desk open", MilestoneKind.UNDATED)
    repeating = CheckedMilestone("Report", MilestoneKind.RECURRING)
    plan = CheckedPlan(
        actions=(
            an_action("1.1", has_milestones=False, milestones=()),
            an_action("1.2", milestones=(DATED, waiting, tbc, repeating)),
        )
    )
    assert found(plan) == [
        ("undated", "Count caseloads", "It has no milestone"),
        ("undated", "Model agreed", "Waits for the Board"),
        ("undated", "Desk open", "The milestone has no date"),
    ]


def test_a_placeholder_is_named_once_and_not_as_undated_too() -> None:
    plan = CheckedPlan(actions=(an_action(is_placeholder=True, title="Further actions", milestones=()),))
    assert [kind for kind, _, _ in found(plan)] == ["placeholder"]


def test_measures_without_a_number_and_objectives_without_a_measure() -> None:
    measured = CheckedArea(1, "Workloads", ("Know them",), (), texts("Frequency of supervision"))
    loose = CheckedArea(2, "Supervision", ("Supervise each month", "Keep people"))
    assert found(CheckedPlan((measured, loose))) == [
        ("open_measure", "Frequency of supervision", "Names no baseline and no target"),
        ("loose_objective", "Supervise each month", "The area has no measure"),
        ("loose_objective", "Keep people", "The area has no measure"),
    ]


def test_outcomes_worded_as_work_are_named_with_their_area() -> None:
    area = CheckedArea(3, "Training", outcomes=texts("Deliver training", "Children are safer"))
    only = check_plan(CheckedPlan((area,)))
    assert [(one.fault, one.area, one.place, one.key) for one in only] == [(Fault.ACTIVITY, 3, Place.OUTCOME, 1)]


def test_two_measures_in_nearly_the_same_words_are_found_across_areas() -> None:
    plan = CheckedPlan(
        (
            CheckedArea(1, "One", measures=texts("Share of visits on time, 90%", "Caseloads of 18")),
            CheckedArea(2, "Two", measures=texts("Share of visits in time: 90%", "Caseloads of 18")),
        )
    )
    assert found(plan) == [
        ("twin_measures", "Share of visits on time, 90%", "Nearly the same: “Share of visits in time: 90%”, in area 2"),
        ("twin_measures", "Caseloads of 18", "In the same words, in area 2"),
    ]


def test_items_and_references_say_what_is_known() -> None:
    plan = CheckedPlan(
        references=(
            CheckedReference(7, 1, "1.2", 1, "see also the action on neglect", "3.4"),
            CheckedReference(8, 1, "1.2", 1, "links to early help"),
        ),
        items=(CheckedItem(5, "Priority action 2", "Hold conferences in time.", "No area answers it"),),
    )
    assert found(plan) == [
        ("unanswered", "Hold conferences in time.", "Priority action 2: no area answers it"),
        ("reference", "see also the action on neglect", "May mean 3.4"),
        ("reference", "links to early help", "Names no action of this plan"),
    ]


def test_a_lead_carries_too_much_only_beyond_the_number_asked_for() -> None:
    actions = tuple(
        an_action(f"1.{number}", id=number, lead_id=1 + number % 2, lead=("Ines Duarte", "Hannah Osei")[number % 2])
        for number in range(1, 8)
    )
    assert found(CheckedPlan(actions=actions)) == []
    assert found(CheckedPlan(actions=actions), most_actions=3) == [
        ("overloaded", "Hannah Osei", "4 open actions: 1.1, 1.3, 1.5, 1.7")
    ]
    assert check_plan(CheckedPlan(actions=actions), most_actions=3)[0].actions == (1, 3, 5, 7)
