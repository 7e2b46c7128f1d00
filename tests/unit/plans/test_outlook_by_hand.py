"""Kinds of action in a plan approved on 13 January 2015, worked out by hand for four month ends."""

from datetime import date, timedelta

import pytest

from tracker.plans.rules.facts import ActionFacts, Blocker, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.outlook import Outlook, outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import MilestoneKind

APPROVED = date(2015, 1, 13)
MID_APRIL = date(2015, 4, 15)
MONTH_ENDS = (date(2015, 1, 31), date(2015, 3, 31), date(2015, 4, 30), date(2015, 6, 30))


def due_by(
    year: int,
    month: int,
    day: int,
    *,
    started_on: date | None = None,
    done_on: date | None = None,
    forecast: date | None = None,
) -> MilestoneFacts:
    due = date(year, month, day)
    return MilestoneFacts("Write the guide", MilestoneKind.DATED, due, forecast, started_on=started_on, done_on=done_on)


UNDATED = MilestoneFacts("Agree the model", MilestoneKind.UNDATED)
WAITING = MilestoneFacts(
    "Choose the tool", MilestoneKind.WAITING, counted_from=date(2015, 3, 31), waits_on="Transformation Board"
)
QUARTERLY = MilestoneFacts(
    "Report to the panel",
    MilestoneKind.RECURRING,
    occurrences=(
        OccurrenceFacts(date(2015, 6, 30), next_due=date(2015, 9, 30)),
        OccurrenceFacts(date(2015, 9, 30), next_due=date(2015, 12, 31)),
    ),
)

# The action, and its colour at the end of January, March, April and June, with the two days worked out by counting.
BY_HAND: dict[str, tuple[ActionFacts, str, date | None, date | None]] = {
    "due in March, not started, nobody wrote": (
        ActionFacts(APPROVED, milestones=(due_by(2015, 3, 31),)),
        "G A R R",
        date(2015, 3, 3),
        date(2015, 4, 29),
    ),
    "due in June, under way and kept up to date": (
        ActionFacts(APPROVED, last_update_on=MID_APRIL, milestones=(due_by(2015, 6, 30, started_on=APPROVED),)),
        "G G G G",
        date(2015, 7, 1),
        date(2015, 7, 29),
    ),
    "due in December, under way, nobody wrote": (
        ActionFacts(APPROVED, milestones=(due_by(2015, 12, 31, started_on=APPROVED),)),
        "G G A A",
        date(2015, 4, 22),
        date(2016, 1, 29),
    ),
    "to be confirmed, without a milestone": (
        ActionFacts(APPROVED),
        "N A A R",
        date(2015, 3, 11),
        date(2015, 5, 6),
    ),
    "one step due in March, one to be confirmed": (
        ActionFacts(APPROVED, milestones=(due_by(2015, 3, 31), UNDATED)),
        "N A R R",
        date(2015, 3, 3),
        date(2015, 4, 29),
    ),
    "already late when the plan was approved": (
        ActionFacts(APPROVED, milestones=(due_by(2014, 12, 31),)),
        "R R R R",
        date(2014, 12, 3),
        date(2015, 1, 29),
    ),
    "first report in June and then quarterly, nobody wrote": (
        ActionFacts(APPROVED, milestones=(QUARTERLY,)),
        "G G A A",
        date(2015, 4, 22),
        date(2015, 7, 29),
    ),
    "waiting for a board that meets on 31 March": (
        ActionFacts(APPROVED, last_update_on=date(2015, 3, 31), milestones=(WAITING,)),
        "N N N A",
        date(2015, 5, 27),
        date(2015, 7, 22),
    ),
    "without a lead": (
        ActionFacts(APPROVED, has_lead=False, milestones=(due_by(2015, 12, 31),)),
        "A R R R",
        APPROVED,
        date(2015, 3, 11),
    ),
    "further actions, dated and kept up": (
        ActionFacts(
            APPROVED,
            is_placeholder=True,
            last_update_on=MID_APRIL,
            milestones=(due_by(2015, 7, 31, started_on=APPROVED),),
        ),
        "N N N N",
        date(2015, 7, 23),
        date(2015, 8, 29),
    ),
    "due in April, expected in the middle of May": (
        ActionFacts(
            APPROVED,
            last_update_on=MID_APRIL,
            milestones=(due_by(2015, 4, 30, started_on=APPROVED, forecast=date(2015, 5, 15)),),
        ),
        "A A A R",
        APPROVED,
        date(2015, 5, 29),
    ),
    "due in June, expected in August": (
        ActionFacts(APPROVED, milestones=(due_by(2015, 6, 30, started_on=APPROVED, forecast=date(2015, 8, 31)),)),
        "R R R R",
        None,
        APPROVED,
    ),
    "without a lead, due in June, expected in August": (
        ActionFacts(
            APPROVED,
            has_lead=False,
            milestones=(due_by(2015, 6, 30, started_on=APPROVED, forecast=date(2015, 8, 31)),),
        ),
        "R R R R",
        None,
        APPROVED,
    ),
    "its lead left before the approval": (
        ActionFacts(
            APPROVED,
            lead_left_on=date(2014, 11, 30),
            last_update_on=MID_APRIL,
            milestones=(due_by(2015, 12, 31, started_on=APPROVED),),
        ),
        "A R R R",
        APPROVED,
        date(2015, 3, 11),
    ),
    "every step done, not yet checked": (
        ActionFacts(APPROVED, last_update_on=MID_APRIL, milestones=(due_by(2015, 3, 31, done_on=date(2015, 3, 20)),)),
        "G G G G",
        date(2015, 7, 23),
        None,
    ),
    "under way, but blocked by one that is red from 29 April": (
        ActionFacts(
            APPROVED,
            last_update_on=MID_APRIL,
            blocked_by=(Blocker("6.4", date(2015, 4, 29)),),
            milestones=(due_by(2015, 12, 31, started_on=APPROVED),),
        ),
        "G G A A",
        date(2015, 4, 29),
        date(2016, 1, 29),
    ),
    "complete": (
        ActionFacts(APPROVED, closed=Rag.COMPLETE, milestones=(due_by(2015, 1, 31, done_on=APPROVED),)),
        "C C C C",
        None,
        None,
    ),
}


def plain(facts: ActionFacts) -> Outlook:
    return outlook(facts, Parameters())


@pytest.mark.parametrize(("facts", "colours", "amber_from", "red_from"), BY_HAND.values(), ids=BY_HAND.keys())
def test_the_rating_is_the_one_worked_out_by_hand(
    facts: ActionFacts, colours: str, amber_from: date | None, red_from: date | None
) -> None:
    result = plain(facts)
    assert " ".join(result.computed_on(day) for day in MONTH_ENDS) == colours
    assert (result.amber_from, result.red_from) == (amber_from, red_from)


DUE = date(2015, 10, 31)


@pytest.mark.parametrize(
    ("days_late", "not_started", "started"),
    [
        (-29, "G", "G"),
        (-28, "A", "G"),
        (0, "A", "G"),
        (1, "A", "A"),
        (28, "A", "A"),
        (29, "R", "R"),
    ],
)
def test_a_dated_milestone_turns_on_exact_days(days_late: int, not_started: str, started: str) -> None:
    day = DUE + timedelta(days=days_late)
    for colour, started_on in ((not_started, None), (started, APPROVED)):
        milestone = due_by(2015, 10, 31, started_on=started_on)
        facts = ActionFacts(APPROVED, last_update_on=DUE, milestones=(milestone,))
        assert plain(facts).computed_on(day) == colour


@pytest.mark.parametrize(("days_slipped", "at_once"), [(-10, "G"), (0, "G"), (1, "A"), (28, "A"), (29, "R")])
def test_a_forecast_holds_at_once_and_an_early_one_changes_nothing(days_slipped: int, at_once: str) -> None:
    milestone = due_by(2015, 10, 31, started_on=APPROVED, forecast=DUE + timedelta(days=days_slipped))
    assert plain(ActionFacts(APPROVED, milestones=(milestone,))).computed_on(APPROVED) == at_once


@pytest.mark.parametrize(("days", "colour"), [(0, "N"), (56, "N"), (57, "A"), (112, "A"), (113, "R")])
def test_a_date_to_be_confirmed_is_grey_then_amber_then_red(days: int, colour: str) -> None:
    day = APPROVED + timedelta(days=days)
    facts = ActionFacts(APPROVED, last_update_on=day, milestones=(UNDATED,))
    assert plain(facts).computed_on(day) == colour


def test_the_clock_of_a_replaced_date_starts_when_the_change_was_approved() -> None:
    replaced_on = date(2015, 6, 1)
    milestone = MilestoneFacts("Agree the model", MilestoneKind.UNDATED, counted_from=replaced_on)
    result = plain(ActionFacts(APPROVED, last_update_on=replaced_on, milestones=(milestone,)))
    assert (result.amber_from, result.red_from) == (date(2015, 7, 28), date(2015, 9, 22))


def test_the_undated_clock_never_starts_before_the_approval() -> None:
    milestone = MilestoneFacts("Choose the tool", MilestoneKind.WAITING, counted_from=date(2014, 12, 1))
    assert plain(ActionFacts(APPROVED, milestones=(milestone,))).amber_from == date(2015, 3, 11)


@pytest.mark.parametrize(("days", "colour"), [(-1, "G"), (0, "A"), (56, "A"), (57, "R")])
def test_a_lead_who_leaves_makes_it_amber_at_once_and_red_after_56_days(days: int, colour: str) -> None:
    left_on = date(2015, 2, 2)
    facts = ActionFacts(APPROVED, lead_left_on=left_on, milestones=(due_by(2015, 12, 31, started_on=APPROVED),))
    assert plain(facts).computed_on(left_on + timedelta(days=days)) == colour


@pytest.mark.parametrize(
    ("starts_on", "last_update_on", "amber_from"),
    [
        (None, None, date(2015, 4, 22)),
        (date(2015, 3, 1), None, date(2015, 6, 8)),
        (date(2015, 3, 1), date(2015, 2, 1), date(2015, 6, 8)),
        (None, date(2015, 4, 15), date(2015, 7, 23)),
    ],
)
def test_the_wait_for_an_update_counts_from_the_latest_of_three_days(
    starts_on: date | None, last_update_on: date | None, amber_from: date
) -> None:
    milestones = (due_by(2016, 12, 31),)
    facts = ActionFacts(APPROVED, starts_on=starts_on, last_update_on=last_update_on, milestones=milestones)
    assert plain(facts).amber_from == amber_from


def test_on_hold_is_amber_but_does_not_hide_red() -> None:
    held = ActionFacts(APPROVED, on_hold_from=date(2015, 2, 1), milestones=(due_by(2015, 2, 28, started_on=APPROVED),))
    assert [plain(held).computed_on(day) for day in MONTH_ENDS] == ["G", "R", "R", "R"]
    assert plain(held).computed_on(date(2015, 2, 1)) is Rag.AMBER


@pytest.mark.parametrize(
    ("next_due", "first_red"),
    [
        (None, date(2015, 7, 29)),
        (date(2015, 9, 30), date(2015, 7, 29)),
        (date(2015, 7, 7), date(2015, 7, 8)),
    ],
)
def test_a_missed_turn_is_red_once_the_next_one_has_fallen_due(next_due: date | None, first_red: date) -> None:
    turns = (
        OccurrenceFacts(date(2015, 6, 23), next_due=date(2015, 6, 30), done_on=date(2015, 6, 22)),
        OccurrenceFacts(date(2015, 6, 24), excused=True),
        OccurrenceFacts(date(2015, 6, 30), next_due=next_due),
    )
    milestone = MilestoneFacts("Look at caseloads", MilestoneKind.RECURRING, occurrences=turns)
    result = plain(ActionFacts(APPROVED, last_update_on=date(2015, 6, 30), milestones=(milestone,)))
    assert (result.amber_from, result.red_from) == (date(2015, 7, 1), first_red)


def test_a_recurring_milestone_has_no_look_ahead_and_is_green_while_every_turn_is_done() -> None:
    assert (
        plain(ActionFacts(APPROVED, last_update_on=MID_APRIL, milestones=(QUARTERLY,))).computed_on(date(2015, 6, 30))
        == Rag.GREEN
    )
    done = OccurrenceFacts(date(2015, 6, 30), done_on=date(2015, 6, 29))
    milestone = MilestoneFacts("Report to the panel", MilestoneKind.RECURRING, occurrences=(done,))
    result = plain(ActionFacts(APPROVED, last_update_on=date(2015, 6, 30), milestones=(milestone,)))
    assert (result.red_from, result.unscheduled) == (None, False)


def test_other_thresholds_of_a_plan_are_followed() -> None:
    strict = Parameters(amber_days=7, lookahead_days=14, grace_days=10, cycle_days=30, stale_extra=0)
    dated = outlook(ActionFacts(APPROVED, milestones=(due_by(2015, 1, 31),)), strict)
    assert (dated.amber_from, dated.red_from) == (date(2015, 1, 17), date(2015, 2, 8))
    undated = outlook(ActionFacts(APPROVED), strict)
    assert (undated.amber_from, undated.red_from) == (date(2015, 1, 24), date(2015, 2, 3))
    waiting = outlook(ActionFacts(APPROVED, milestones=(due_by(2016, 1, 31),)), strict)
    assert waiting.amber_from == date(2015, 2, 13)


@pytest.mark.parametrize(
    ("declared", "computed", "effective"),
    [
        (None, "GGAA", "GGAA"),
        (Rag.GREEN, "GGAA", "GGAA"),
        (Rag.AMBER, "GGAA", "AAAA"),
        (Rag.RED, "GGAA", "RRRR"),
        (Rag.COMPLETE, "GGAA", "GGAA"),
    ],
)
def test_the_worse_of_declared_and_computed_counts(declared: Rag | None, computed: str, effective: str) -> None:
    facts = ActionFacts(APPROVED, declared=declared, milestones=(due_by(2015, 12, 31, started_on=APPROVED),))
    result = plain(facts)
    assert "".join(result.computed_on(day) for day in MONTH_ENDS) == computed
    assert "".join(result.effective_on(day) for day in MONTH_ENDS) == effective


def test_saying_green_of_work_without_a_date_leaves_it_grey() -> None:
    assert plain(ActionFacts(APPROVED, declared=Rag.GREEN)).effective_on(APPROVED) is Rag.NOT_SCHEDULED


@pytest.mark.parametrize("closed", [Rag.COMPLETE, Rag.EMBEDDED, Rag.WITHDRAWN])
def test_a_closed_state_ignores_the_lead(closed: Rag) -> None:
    result = plain(ActionFacts(APPROVED, closed=closed, has_lead=False, declared=Rag.RED))
    assert result.effective_on(MONTH_ENDS[-1]) is closed
    assert result.reasons_on(MONTH_ENDS[-1]) == ()


def test_live_work_cannot_be_closed_with_a_colour() -> None:
    with pytest.raises(ValueError, match="cannot be closed as Green"):
        ActionFacts(APPROVED, closed=Rag.GREEN)
