"""Mentions of other work by number, and what kind of action a title makes."""

import pytest

from tests.unit.plans.reading.plans import plan_of, rows_of
from tracker.plans.rules.reading.titles import action_kind

STANDARD = "2.1\tWrite a supervision standard\tOne thing\tMay 2015\tInes Duarte"
COUNT = "2.2\tCount the caseloads of each team\tOne thing\tMay 2015\tInes Duarte"


@pytest.mark.parametrize(
    ("title", "references"),
    [
        ("Use the supervision standard (2.1) in every team", [("2.1", "2.1")]),
        ("Use both (2.1 and 2.2)", [("2.1", "2.1"), ("2.2", "2.2")]),
        ("Use the standard, see action 2.1", [("2.1", "2.1")]),
        ("Use the standard (9.9)", [("9.9", None)]),
        ("Follow what area 2 asks", [("area 2", None)]),
        ("See above for improvement 2", [("improvement 2", None)]),
        ("Spend 2.1 million", []),
        ("Take 2.1 (or more) posts", []),
        ("Grow by 2.1%", []),
    ],
)
def test_a_number_is_a_reference_in_brackets_or_after_a_word_for_it(
    title: str, references: list[tuple[str, str | None]]
) -> None:
    *_, action = rows_of(STANDARD, COUNT, f"2.3\t{title}\tOne thing\tMay 2015\tInes Duarte")
    assert [(reference.text, reference.ref) for reference in action.references] == references


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Use the supervision standard (2.1)", None),
        ("Use it (2.1)", None),
        ("Use the standard (9.9)", "This plan has no action 9.9, which 2.3 mentions"),
        ("Follow area 2", "“area 2” names area 2, not an action"),
        ("Cut caseloads (2.1)", "“Cut caseloads” does not fit the title of 2.1. 2.2 fits better. The number was kept"),
    ],
)
def test_a_reference_that_may_no_longer_hold_is_warned_of(title: str, message: str | None) -> None:
    reading = plan_of(STANDARD, COUNT, f"2.3\t{title}\tOne thing\tMay 2015\tInes Duarte")
    said = [warning.message for warning in reading.warnings if warning.code == "unresolved_reference"]
    assert said == ([message] if message else [])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Further actions to be agreed", "placeholder"),
        ("Further Action within the training plan", "placeholder"),
        ("Other actions will be identified later", "placeholder"),
        ("Actions to be fully scoped", "placeholder"),
        ("To be confirmed", "placeholder"),
        ("TBC", "placeholder"),
        ("Agree further actions", "standard"),
        ("Continue to visit weekly", "continuing"),
        ("Discontinue to-do lists", "standard"),
    ],
)
def test_a_title_tells_the_kind_of_action(title: str, kind: str) -> None:
    assert action_kind(title).value == kind
