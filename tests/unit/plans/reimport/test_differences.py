"""In what a later version differs, kind by kind, and what of it is ticked before anybody has looked."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.plan_forms import as_text
from tracker.people.rules import PartyKind
from tracker.plans.rules.dates import read_cell_date
from tracker.plans.rules.reading import read_document
from tracker.plans.rules.reimport import (
    ActionContent,
    AreaContent,
    MilestoneContent,
    PlanChange,
    PlanContent,
    Wording,
    changed_words,
    chosen_codes,
    compare_contents,
)
from tracker.plans.rules.reimport.contents import content_from, content_of
from tracker.plans.rules.reimport.kinds import what_moved
from tracker.plans.rules.vocabulary import ActionKind

HANNAH, INES = ("Hannah Osei", PartyKind.PERSON), ("Ines Duarte", PartyKind.PERSON)
AREAS = (AreaContent(1, "Workloads", "1", key=1), AreaContent(2, "Supervision", "2", key=2))


def a_step(title: str = "Sheet tried", date: str = "Jan 2027", position: int = 1, **facts: Any) -> MilestoneContent:
    return MilestoneContent(title, read_cell_date(date), key=10 * position, position=position, **facts)


def an_action(ref: str = "1.1", title: str = "Count caseloads in every team", **facts: Any) -> ActionContent:
    known = ActionContent(ref, title, int(ref[0]), ActionKind.STANDARD, (HANNAH,), (a_step(),), key=5)
    return replace(known, **facts)


def compared(stored: ActionContent, brought: ActionContent, *, is_approved: bool = True) -> list[PlanChange]:
    changes = compare_contents(PlanContent(AREAS, (stored,)), PlanContent(AREAS, (brought,)), is_approved=is_approved)
    return list(changes)


def told(changes: list[PlanChange]) -> list[tuple[str, str, str, bool]]:
    return [(one.code, one.was, one.now, one.is_ticked) for one in changes]


@pytest.mark.parametrize(
    ("stored", "brought", "expected"),
    [
        (an_action(), an_action(), []),
        (an_action(), an_action(title="Count  caseloads in every team"), []),
        (
            an_action(),
            an_action(title="Count caseloads in every team monthly"),
            [("reworded-1.1", "Count caseloads in every team", "Count caseloads in every team monthly", True)],
        ),
        (an_action(), an_action("2.4"), [("renumbered-1.1", "1.1", "2.4", True)]),
        (
            an_action(),
            an_action(leads=(INES, HANNAH)),
            [("lead-1.1", "Hannah Osei", "Ines Duarte and Hannah Osei", True)],
        ),
        # A file that names nobody has more often lost a lead than given one up.
        (an_action(), an_action(leads=()), [("lead-1.1", "Hannah Osei", "No lead", False)]),
        (
            an_action(),
            an_action(milestones=(a_step(date="Mar 2027"),)),
            [("redated-1.1/1", "Jan 2027", "Mar 2027", True)],
        ),
        (an_action(), an_action(milestones=(a_step(date="31 January 2027"),)), []),
        (
            an_action(),
            an_action(milestones=(a_step(date="TBC"),)),
            [("redated-1.1/1", "Jan 2027", "Date to be confirmed", False)],
        ),
        (
            an_action(),
            an_action(milestones=(a_step(), a_step("Count shared", "May 2027", 2))),
            [("new-milestone-1.1/2", "", "Count shared: May 2027", True)],
        ),
        (
            an_action(milestones=(a_step(), a_step("Count shared", "May 2027", 2))),
            an_action(),
            [("milestone-gone-1.1/2", "Count shared: May 2027", "", False)],
        ),
        (
            an_action(),
            an_action(milestones=(a_step("Sheet tried in two teams"),)),
            [("milestone-reworded-1.1/1", "Sheet tried", "Sheet tried in two teams", True)],
        ),
    ],
)
def test_a_difference_of_an_action(
    stored: ActionContent, brought: ActionContent, expected: list[tuple[str, str, str, bool]]
) -> None:
    assert told(compared(stored, brought)) == expected


def test_what_is_new_and_what_is_gone() -> None:
    stored = PlanContent(AREAS, (an_action(), an_action("1.2", "Open a second duty desk", key=6)))
    brought = PlanContent(
        (*AREAS[:1], AreaContent(3, "Early help")), (an_action(), an_action("3.1", "Agree the model of early help"))
    )
    assert told(list(compare_contents(stored, brought, is_approved=True))) == [
        ("new-area-3", "", "Early help", True),
        ("new-3.1", "", "Agree the model of early help. Hannah Osei. Sheet tried: Jan 2027", True),
        ("gone-1.2", "Open a second duty desk", "", False),
        ("area-gone-2", "Supervision", "", False),
    ]


def test_another_date_is_asked_for_in_an_approved_plan_and_set_in_a_draft() -> None:
    later = an_action(milestones=(a_step(date="Mar 2027"),))
    assert "asked for" in compared(an_action(), later)[0].note
    assert compared(an_action(), later, is_approved=False)[0].note == ""


def test_a_date_that_is_asked_for_already_is_no_difference() -> None:
    asked = an_action(milestones=(a_step(asked=read_cell_date("Mar 2027")),))
    assert compared(asked, an_action(milestones=(a_step(date="Mar 2027"),))) == []


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (an_action(milestones=(a_step(is_done=True),)), "It is done, so its date stays"),
        (an_action(closed="complete"), "1.1 is complete. It must be re-opened before it can be changed"),
    ],
)
def test_what_is_done_or_closed_keeps_its_date(stored: ActionContent, says: str) -> None:
    only = compared(stored, an_action(milestones=(a_step(date="Mar 2027"),)))[0]
    assert (only.cannot, only.is_ticked) == (says, False)


def test_a_number_is_not_taken_from_an_action_that_keeps_it() -> None:
    stored = PlanContent(AREAS, (an_action(), an_action("1.2", "Open a second duty desk", key=6)))
    brought = PlanContent(AREAS, (an_action("1.2"),))
    found = {one.code: one for one in compare_contents(stored, brought, is_approved=True)}
    assert found["renumbered-1.1"].cannot.startswith("1.2 is the number of “Open a second duty desk”")
    assert not found["renumbered-1.1"].is_ticked


def test_two_actions_may_change_places() -> None:
    desk = "Open a second duty desk"
    stored = PlanContent(AREAS, (an_action(), an_action("1.2", desk, key=6)))
    brought = PlanContent(AREAS, (an_action("1.1", desk), an_action("1.2")))
    found = compare_contents(stored, brought, is_approved=True)
    assert [(one.was, one.now, one.cannot) for one in found] == [("1.2", "1.1", ""), ("1.1", "1.2", "")]


def test_what_agrees_in_its_number_alone_is_not_ticked() -> None:
    only = compared(an_action(), an_action(title="Write to every foster carer"))[0]
    assert (only.code, only.is_ticked) == ("reworded-1.1", False)
    assert "another piece of work" in only.note


@pytest.mark.parametrize("closed", ["complete", "superseded"])
def test_what_is_closed_keeps_its_words(closed: str) -> None:
    stored = an_action(closed=closed, milestones=(a_step(),))
    brought = an_action(title="Count caseloads in every team monthly", milestones=(a_step("Sheet tested"),))
    found = compared(stored, brought)
    says = f"1.1 is {closed}. It must be re-opened before it can be changed"
    assert [one.kind.value for one in found] == ["reworded", "milestone-reworded"]
    assert {(one.cannot, one.is_ticked) for one in found} == {(says, False)}


@pytest.mark.parametrize("given_up", ["withdrawn", "superseded"])
def test_an_action_that_was_given_up_is_not_missed(given_up: str) -> None:
    stored = PlanContent(AREAS, (an_action(closed=given_up),))
    assert compare_contents(stored, PlanContent(AREAS, ()), is_approved=True) == ()


def test_codes_and_kinds_are_chosen_by_name_and_everything_but_what_is_gone() -> None:
    stored = PlanContent(AREAS, (an_action(), an_action("1.2", "Open a second duty desk", key=6)))
    brought = PlanContent(AREAS, (an_action(leads=(INES,), milestones=(a_step(date="Mar 2027"),)),))
    changes = compare_contents(stored, brought, is_approved=True)
    assert chosen_codes("all", changes) == ({"lead-1.1", "redated-1.1/1"}, [])
    assert chosen_codes("redated, gone-1.2", changes) == ({"redated-1.1/1", "gone-1.2"}, [])
    assert chosen_codes("new, redated-9.9/1", changes) == (set(), ["redated-9.9/1"])
    assert chosen_codes("", changes) == (set(), [])


def test_what_moved_meanwhile_is_named() -> None:
    later = an_action(title="Count caseloads in every team monthly", leads=(INES,))
    before = [one.facts for one in compared(an_action(), later)]
    now = compared(an_action(title="Count the caseloads in every team"), replace(later, leads=(HANNAH,)))
    assert what_moved(before, now) == [
        "lead-1.1: there is no such difference any more",
        "1.1 Count the caseloads in every team: in the plan it is now “Count the caseloads in every team”",
    ]
    assert what_moved(before, compared(an_action(), later)) == []


def test_words_taken_out_and_put_in_are_told_apart() -> None:
    pieces = changed_words("Count caseloads in every team", "Count caseloads in each team")
    assert [(one.wording, one.text) for one in pieces] == [
        (Wording.KEPT, "Count caseloads in"),
        (Wording.OUT, "every"),
        (Wording.IN, "each"),
        (Wording.KEPT, "team"),
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_either_version_can_be_read_from_the_pieces(was: str, now: str) -> None:
    pieces = changed_words(was, now)
    assert " ".join(one.text for one in pieces if one.wording is not Wording.IN) == " ".join(was.split())
    assert " ".join(one.text for one in pieces if one.wording is not Wording.OUT) == " ".join(now.split())


def test_a_plan_read_twice_differs_in_nothing_and_keeps_as_json() -> None:
    content = content_of(read_document(as_text(), approved_on=None))
    assert len(content.actions) == 5
    assert content_from(content.as_json()) == content
    assert compare_contents(content, content, is_approved=True) == ()
