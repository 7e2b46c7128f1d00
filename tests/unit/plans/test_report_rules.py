"""The rules of reports as an officer would read them: what is exceptional, what slipped, what was called better."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plans.test_outlook_any_day import APPROVED, DEFAULTS, LAST_OFFSET, actions
from tracker.plans.rules.comparing import as_at
from tracker.plans.rules.declared import Beside, Tally, beside, tally
from tracker.plans.rules.exceptions import is_exception
from tracker.plans.rules.facts import ActionFacts, MilestoneFacts
from tracker.plans.rules.outlook import outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.slippage import NO_REASON, Move, ReasonCount, Slip, reasons_for, slip_of, slipped
from tracker.plans.rules.turns import will_turn
from tracker.plans.rules.vocabulary import MilestoneKind

PLAN = date(2026, 1, 13)
TODAY = date(2026, 11, 26)


def dated(due: date) -> MilestoneFacts:
    return MilestoneFacts("Write the guide", MilestoneKind.DATED, due, started_on=PLAN)


WAITING = MilestoneFacts(
    "Choose the tool", MilestoneKind.WAITING, counted_from=date(2026, 12, 10), waits_on="Transformation Board"
)
LATELY = date(2026, 11, 1)

# What an action is, and whether it belongs in the exception report of 26 November 2026.
EXCEPTIONS: dict[str, tuple[ActionFacts, bool]] = {
    "on track": (ActionFacts(PLAN, milestones=(dated(date(2027, 3, 31)),), last_update_on=LATELY), False),
    "late by ten days: amber": (
        ActionFacts(PLAN, milestones=(dated(date(2026, 11, 16)),), last_update_on=LATELY),
        True,
    ),
    "late by two months: red": (ActionFacts(PLAN, milestones=(dated(date(2026, 9, 26)),), last_update_on=LATELY), True),
    "on track, but its lead says red": (
        ActionFacts(PLAN, milestones=(dated(date(2027, 3, 31)),), declared=Rag.RED, last_update_on=LATELY),
        True,
    ),
    "complete": (ActionFacts(PLAN, closed=Rag.COMPLETE), False),
    "a placeholder of January with a date next year": (
        ActionFacts(PLAN, is_placeholder=True, milestones=(dated(date(2027, 3, 31)),), last_update_on=LATELY),
        True,
    ),
    "a placeholder that came into the plan a month ago": (
        ActionFacts(date(2026, 10, 26), is_placeholder=True, milestones=(dated(date(2027, 3, 31)),)),
        False,
    ),
    "waits for a meeting in December, from which its clock counts": (
        ActionFacts(PLAN, milestones=(WAITING,), last_update_on=LATELY),
        False,
    ),
}


@pytest.mark.parametrize("what", EXCEPTIONS)
def test_what_belongs_in_the_exception_report(what: str) -> None:
    facts, expected = EXCEPTIONS[what]
    found = is_exception(outlook(facts, Parameters()), day=TODAY, approved_on=facts.approved_on, grace_days=56)
    assert found is expected


def test_a_placeholder_belongs_there_from_its_57th_day() -> None:
    facts = ActionFacts(PLAN, is_placeholder=True, milestones=(dated(date(2027, 3, 31)),))
    found = [
        is_exception(outlook(facts, Parameters()), day=PLAN + timedelta(days=days), approved_on=PLAN, grace_days=56)
        for days in (56, 57)
    ]
    assert found == [False, True]


@given(actions, st.integers(0, LAST_OFFSET))
def test_every_red_and_amber_action_is_an_exception_and_nothing_green_or_closed(facts: ActionFacts, days: int) -> None:
    found, day = outlook(facts, DEFAULTS), APPROVED + timedelta(days=days)
    rag = found.effective_on(day)
    is_there = is_exception(found, day=day, approved_on=facts.approved_on, grace_days=DEFAULTS.grace_days)
    assert is_there is (rag in {Rag.RED, Rag.AMBER}) or rag is Rag.NOT_SCHEDULED


JULY, SEPTEMBER, JANUARY = date(2026, 7, 31), date(2026, 9, 30), date(2027, 1, 31)
ONCE = Move(JULY, SEPTEMBER, date(2026, 7, 6), "Posts are vacant")
AGAIN = Move(SEPTEMBER, JANUARY, date(2026, 10, 1), "posts  are Vacant")
LOST = Move(JULY, None, date(2026, 7, 20), "The programme took it back")
EARLIER = Move(SEPTEMBER, JULY, date(2026, 5, 1))

# The moves of a milestone in their order, its date now, and how often and by how many days it moved.
SLIPS = [
    ((ONCE,), SEPTEMBER, 1, 61),
    ((ONCE, AGAIN), JANUARY, 2, 184),
    ((LOST,), None, 1, None),
    ((EARLIER,), JULY, 1, -61),
    ((EARLIER, ONCE), SEPTEMBER, 2, 0),
]


@pytest.mark.parametrize(("moves", "now", "times", "days"), SLIPS)
def test_a_milestone_slips_from_its_first_date_to_the_one_now(
    moves: tuple[Move, ...], now: date | None, times: int, days: int | None
) -> None:
    slip = slip_of("New structure live", moves, now=now)
    assert slip is not None
    assert (slip.times, slip.days) == (times, days)


def test_a_date_that_never_moved_is_no_slip() -> None:
    assert slip_of("New structure live", (), now=JULY) is None


def test_an_action_slips_as_far_as_its_furthest_milestone_and_as_often_as_all() -> None:
    both = [
        Slip("A", JULY, JANUARY, (ONCE, AGAIN)),
        Slip("B", JULY, SEPTEMBER, (ONCE,)),
        Slip("C", JULY, None, (LOST,)),
    ]
    assert (slipped(both).times, slipped(both).days) == (4, 184)
    assert slipped([both[2]]).days is None


def test_the_same_reason_in_other_letters_is_one_and_no_words_are_a_reason_too() -> None:
    assert reasons_for([ONCE, LOST, EARLIER, AGAIN]) == (
        ReasonCount("Posts are vacant", 2, 61 + 123),
        ReasonCount("The programme took it back", 1, 0),
        ReasonCount(NO_REASON, 1, -61),
    )


# What the lead said, what the dates said that day, and which of both was better (R worst, then A, N, G).
SAID = [
    ("G", "R", Beside.BETTER),
    ("G", "A", Beside.BETTER),
    ("G", "N", Beside.BETTER),
    ("G", "G", Beside.SAME),
    ("A", "R", Beside.BETTER),
    ("A", "A", Beside.SAME),
    ("A", "N", Beside.WORSE),
    ("A", "G", Beside.WORSE),
    ("R", "R", Beside.SAME),
    ("R", "G", Beside.WORSE),
]


@pytest.mark.parametrize(("declared", "computed", "expected"), SAID)
def test_what_a_lead_said_is_better_the_same_or_worse(declared: str, computed: str, expected: Beside) -> None:
    assert beside(Rag(declared), Rag(computed)) is expected


def test_a_share_is_given_from_ten_updates_on() -> None:
    nine = [Beside.BETTER] * 3 + [Beside.SAME] * 5 + [Beside.WORSE]
    assert tally(nine) == Tally(compared=9, better=3, worse=1)
    assert tally(nine).share is None
    assert tally([*nine, Beside.SAME]).share == 30


def test_what_turns_comes_with_what_would_stop_it() -> None:
    late = ActionFacts(PLAN, milestones=(dated(date(2026, 11, 30)),), last_update_on=LATELY)
    nobody = ActionFacts(PLAN, has_lead=False, milestones=(dated(date(2027, 3, 31)),), last_update_on=LATELY)
    found = {"1.1": outlook(late, Parameters()), "1.2": outlook(nobody, Parameters())}
    turns = will_turn(found, after=TODAY, by=date(2027, 1, 31))
    assert [(turn.ref, turn.to, turn.on, turn.cures) for turn in turns] == [
        (
            "1.1",
            Rag.AMBER,
            date(2026, 12, 1),
            ("Finish 'Write the guide' by 30 November 2026, or agree a new date by then",),
        ),
        (
            "1.1",
            Rag.RED,
            date(2026, 12, 29),
            ("Finish 'Write the guide' by 28 December 2026, or agree a new date by then",),
        ),
    ]
    by_march = will_turn({"1.2": found["1.2"]}, after=PLAN, by=date(2026, 3, 31))
    assert [turn.cures for turn in by_march] == [("Name a lead who takes it up",)]


@given(actions, st.integers(0, LAST_OFFSET), st.integers(1, 120))
def test_whatever_turns_says_what_would_stop_it(facts: ActionFacts, start: int, ahead: int) -> None:
    day = APPROVED + timedelta(days=start)
    for turn in will_turn({"1.1": outlook(facts, DEFAULTS)}, after=day, by=day + timedelta(days=ahead)):
        assert all(turn.cures), turn


# What was asked for, the day taken, and why another was.
DAYS = [
    ("", TODAY, ""),
    ("31 August 2026", date(2026, 8, 31), ""),
    ("2026-01-13", PLAN, ""),
    ("2026-01-12", TODAY, "Choose a day from 13 January 2026, when this plan was approved"),
    ("2026-11-27", TODAY, "Choose today or an earlier day"),
    ("soon", TODAY, "Enter a day, for example 27 August 2026"),
]


@pytest.mark.parametrize(("asked", "day", "problem"), DAYS)
def test_a_report_tells_of_today_or_of_an_earlier_day(asked: str, day: date, problem: str) -> None:
    found = as_at(asked, approved_on=PLAN, today=TODAY)
    assert (found.day, found.problem) == (day, problem)


@given(st.text(max_size=60))
def test_whatever_is_typed_a_report_has_a_day(asked: str) -> None:
    found = as_at(asked, approved_on=PLAN, today=TODAY)
    assert PLAN <= found.day <= TODAY
    assert found.typed.isprintable()
