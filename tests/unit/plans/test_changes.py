"""What changed between two days, list by list as the meeting asks, and the sentence made of it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.changes import Changes, DateMove, Group, Movement, compare, movement
from tracker.plans.rules.positions import MilestonePosition, Position
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.sentences import changes_sentence

MEETING = date(2026, 8, 27)
SINCE = date(2026, 9, 20)


def was(code: str, *milestones: MilestonePosition, lead: str = "Priya Nair", title: str = "Start stage 1") -> Position:
    return Position(title, Rag(code), Rag(code), lead=lead, last_update_on=MEETING, milestones=milestones)


def updated(position: Position) -> Position:
    return replace(position, last_update_on=SINCE)


def plan(codes: str) -> dict[str, Position]:
    """Read "R A - G": one action each, numbered in order; a dash stands for one that the plan does not hold."""
    return {f"1.{number}": was(code) for number, code in enumerate(codes.split(), 1) if code != "-"}


def change(before: str, after: str) -> Changes:
    return compare(plan(before), {ref: updated(position) for ref, position in plan(after).items()})


def lists(changes: Changes) -> list[str]:
    return [group.value for group, _ in changes.groups]


@pytest.mark.parametrize(
    ("before", "after", "way", "expected"),
    [
        ("G", "R", "worse", ["Went red"]),
        ("A", "R", "worse", ["Went red"]),
        ("R", "R", "no change", ["Still red"]),
        ("G", "A", "worse", ["Went amber"]),
        ("N", "A", "worse", ["Went amber"]),
        ("G", "N", "worse", ["No longer scheduled"]),
        ("R", "A", "better", ["Improved"]),
        ("N", "G", "better", ["Improved"]),
        ("C", "E", "better", ["Improved"]),
        ("A", "C", "completed", ["Completed"]),
        ("G", "E", "completed", ["Completed"]),
        ("E", "C", "worse", ["Came back"]),
        ("C", "G", "worse", ["Came back"]),
        ("C", "R", "worse", ["Went red", "Came back"]),
        ("-", "R", "new", ["New"]),
        ("X", "G", "new", ["New"]),
        ("R", "X", "withdrawn", ["Withdrawn"]),
        ("G", "-", "withdrawn", ["Withdrawn"]),
        ("X", "-", "no change", []),
        ("G", "G", "no change", []),
    ],
)
def test_every_way_of_changing_colour_has_its_list(before: str, after: str, way: str, expected: list[str]) -> None:
    changes = change(before, after)
    assert [action.movement.value for action in changes.actions] == [way]
    assert lists(changes) == expected


def test_lists_come_in_the_order_of_the_meeting_and_hold_actions_in_plan_order() -> None:
    changes = change("G G R G C - R", "R A R C G G R")
    assert [(group.value, [row.ref for row in rows]) for group, rows in changes.groups] == [
        ("Went red", ["1.1"]),
        ("Still red", ["1.3", "1.7"]),
        ("Went amber", ["1.2"]),
        ("Completed", ["1.4"]),
        ("Came back", ["1.5"]),
        ("New", ["1.6"]),
    ]


def test_an_action_without_an_update_since_is_listed_unless_it_is_closed() -> None:
    before = plan("G C R")
    assert [row.ref for row in compare(before, before).group(Group.NOT_UPDATED)] == ["1.1", "1.3"]
    after = {**before, "1.1": updated(before["1.1"])}
    assert [row.ref for row in compare(before, after).group(Group.NOT_UPDATED)] == ["1.3"]


@pytest.mark.parametrize(
    ("was_rated", "is_rated", "last_update_on", "is_listed"),
    [
        ("G", "G", None, True),
        ("-", "G", None, True),
        ("-", "G", SINCE, False),
        ("G", "C", None, False),
        ("G", "-", None, False),
    ],
)
def test_what_never_was_updated_is_listed_as_soon_as_it_is_in_the_plan(
    *, was_rated: str, is_rated: str, last_update_on: date | None, is_listed: bool
) -> None:
    before = {ref: replace(position, last_update_on=None) for ref, position in plan(was_rated).items()}
    after = {ref: replace(position, last_update_on=last_update_on) for ref, position in plan(is_rated).items()}
    assert bool(compare(before, after).group(Group.NOT_UPDATED)) is is_listed


def test_a_new_title_and_a_new_lead_are_listed() -> None:
    before = {"1.1": was("G")}
    after = {"1.1": updated(was("G", title="Start both stages", lead="Tom Ellis"))}
    assert lists(compare(before, after)) == ["Reworded", "Lead changed"]


AUTUMN, WINTER = date(2026, 10, 31), date(2027, 1, 31)


def a_step(
    due: date | None, *, done: bool = False, times_moved: int = 0, moved_because: str = "", recurs: bool = False
) -> MilestonePosition:
    return MilestonePosition(7, "New team structure live", due, done, times_moved, moved_because, recurs)


@pytest.mark.parametrize(
    ("was_due", "due", "days", "later"),
    [
        (AUTUMN, WINTER, 92, True),
        (WINTER, AUTUMN, -92, False),
        (AUTUMN, None, None, False),
        (None, WINTER, None, False),
    ],
)
def test_a_moved_date_is_told_with_its_reason_and_how_often_it_moved_before(
    was_due: date | None, due: date | None, days: int | None, later: bool
) -> None:
    before = {"1.1": was("G", a_step(was_due, times_moved=1, moved_because="Advert went out late."))}
    after = {"1.1": updated(was("G", a_step(due, times_moved=2, moved_because="No candidate.")))}
    changes = compare(before, after)
    (move,) = changes.group(Group.DATES_MOVED)[0].date_moves
    assert move == DateMove("New team structure live", was_due, due, "No candidate.", times_before=1)
    assert (move.days, move.is_later, changes.moved_later) == (days, later, int(later))


def test_a_recurring_milestone_that_goes_on_to_its_next_turn_has_not_moved() -> None:
    before = {"1.1": was("G", a_step(AUTUMN, recurs=True))}
    after = {"1.1": updated(was("G", a_step(WINTER, recurs=True)))}
    assert compare(before, after).groups == ()


def test_a_step_that_is_new_has_not_moved_and_one_that_is_done_is_named() -> None:
    before = {"1.1": was("G", a_step(AUTUMN))}
    added = MilestonePosition(key=8, title="Tell families", due=WINTER, done=True)
    after = {"1.1": updated(was("G", a_step(AUTUMN, done=True), added))}
    (action,) = compare(before, after).actions
    assert action.date_moves == ()
    assert action.newly_done == ("New team structure live", "Tell families")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("G G", "G G", "No action changed colour."),
        ("R", "R", "No action changed colour."),
        ("G", "R", "1 action went red."),
        ("G A", "R R", "2 actions went red."),
        ("G G G", "R A A", "1 action went red and 2 went from green to amber."),
        ("G N", "A A", "2 actions went amber."),
        (
            "G A G G G R A A",
            "R R A A A G C C",
            "2 actions went red, 3 went from green to amber, 1 improved and 2 were completed.",
        ),
        ("A", "C", "1 action was completed."),
        ("G E", "N C", "1 action is no longer scheduled and 1 came back."),
        ("G -", "G R", "No action changed colour. 1 action is new."),
        ("G - - R", "A G G X", "1 action went from green to amber. 2 actions are new and 1 was withdrawn."),
    ],
)
def test_the_sentence_leaves_out_what_is_nothing(before: str, after: str, sentence: str) -> None:
    assert changes_sentence(change(before, after)) == sentence


def test_the_sentence_counts_dates_that_moved_later() -> None:
    before = {"1.1": was("G", a_step(AUTUMN)), "1.2": was("G", a_step(WINTER))}
    after = {"1.1": was("R", a_step(WINTER)), "1.2": was("G", a_step(AUTUMN))}
    assert changes_sentence(compare(before, after)) == (
        "1 action went red. 1 milestone date moved later and 1 moved earlier."
    )


def test_every_date_that_changed_is_counted_once_in_the_sentence() -> None:
    before = {"1.1": was("G", a_step(None)), "1.2": was("G", a_step(WINTER)), "1.3": was("G", a_step(AUTUMN))}
    after = {"1.1": was("G", a_step(WINTER)), "1.2": was("G", a_step(None)), "1.3": was("G", a_step(WINTER))}
    changes = compare(before, after)
    assert len(changes.date_moves) == 3
    assert changes_sentence(changes) == (
        "No action changed colour. 1 milestone date moved later, 1 was set and 1 is to be confirmed again."
    )


codes = st.none() | st.sampled_from(Rag)


@given(before=codes, after=codes)
def test_going_there_and_back_is_never_good_news_twice(before: Rag | None, after: Rag | None) -> None:
    good = {Movement.BETTER, Movement.COMPLETED}
    assert not (movement(before, after) in good and movement(after, before) in good)


@given(before=st.sampled_from(Rag), after=st.sampled_from(Rag))
def test_every_change_of_colour_is_on_some_list(before: Rag, after: Rag) -> None:
    changes = compare({"1.1": was(before)}, {"1.1": updated(was(after))})
    if before is not after:
        assert changes.groups
