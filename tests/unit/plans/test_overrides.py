"""When a rating may be made better than its dates say, by how much, for how long, and who decides (domain A5)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.plans.test_outlook_any_day import APPROVED, DEFAULTS, LAST_OFFSET, actions, colour_that_day
from tracker.plans.rules.facts import ActionFacts, MilestoneFacts
from tracker.plans.rules.outlook import outlook
from tracker.plans.rules.overrides import OverrideCase, OverrideFacts, last_day, needs_body, why_not_override
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.turns import will_turn
from tracker.plans.rules.vocabulary import MilestoneKind

ORDER = "RANG"


@pytest.mark.parametrize(
    ("by_dates", "asked_for", "who"),
    [
        ("R", "A", "office"),
        ("A", "G", "office"),
        ("N", "G", "office"),
        ("R", "G", "body"),
    ],
)
def test_the_office_approves_one_step_and_the_body_more(by_dates: str, asked_for: str, who: str) -> None:
    assert needs_body(Rag(by_dates), Rag(asked_for)) == (who == "body")


@pytest.mark.parametrize(
    ("known", "asked_for", "says"),
    [
        ({"computed": "R"}, "A", None),
        ({"computed": "R"}, "G", None),
        ({"computed": "A"}, "G", None),
        ({"computed": "A"}, "A", "only for a better rating"),
        ({"computed": "G"}, "G", "only for a better rating"),
        ({"computed": "N"}, "A", "only for a better rating"),
        ({"computed": "C"}, "G", "is closed"),
        ({"computed": "R", "has_lead": False}, "A", "has no lead"),
        ({"computed": "R", "days_overdue": 56}, "A", None),
        ({"computed": "R", "days_overdue": 57}, "A", "57 days overdue"),
        ({"computed": "N", "is_placeholder": True}, "G", "never green"),
        ({"computed": "R", "is_placeholder": True}, "A", None),
        ({"computed": "R", "has_open_concern": True}, "A", "immediate concern"),
    ],
)
def test_what_forbids_an_override(known: dict[str, Any], asked_for: str, says: str | None) -> None:
    case = OverrideCase(ref="1.3", **{**known, "computed": Rag(str(known["computed"]))})
    found = why_not_override(case, Rag(asked_for))
    assert (found is None) == (says is None)
    assert says is None or says in str(found)


@pytest.mark.parametrize(
    ("next_meeting", "expires"),
    [
        (None, date(2026, 7, 6)),
        (date(2026, 6, 18), date(2026, 6, 18)),
        (date(2026, 7, 6), date(2026, 7, 6)),
        (date(2026, 7, 7), date(2026, 7, 6)),
    ],
)
def test_it_lasts_to_the_next_meeting_or_35_days(next_meeting: date | None, expires: date) -> None:
    assert last_day(date(2026, 6, 1), next_meeting) == expires


def test_it_counts_on_its_last_day_and_falls_back_on_the_next() -> None:
    step = MilestoneFacts("Step", MilestoneKind.DATED, due=date(2026, 5, 1))
    override = OverrideFacts(Rag.AMBER, Rag.RED, date(2026, 7, 6))
    found = outlook(ActionFacts(date(2026, 4, 1), milestones=(step,), override=override), DEFAULTS)
    assert [found.effective_on(date(2026, 7, day)) for day in (5, 6, 7)] == [Rag.AMBER, Rag.AMBER, Rag.RED]
    assert found.computed_on(date(2026, 7, 6)) is Rag.RED
    assert found.reasons_on(date(2026, 7, 6))[0].words == (
        "An approved override makes it amber, not red, until 6 July 2026"
    )
    turn = will_turn({"1.3": found}, after=date(2026, 7, 1), by=date(2026, 7, 31))[0]
    assert (turn.to, turn.on, turn.because) == (Rag.RED, date(2026, 7, 7), ("The approved override ends",))


def test_an_override_of_amber_says_nothing_once_the_dates_say_red() -> None:
    step = MilestoneFacts("Step", MilestoneKind.DATED, due=date(2026, 5, 1))
    override = OverrideFacts(Rag.GREEN, Rag.AMBER, date(2026, 6, 20))
    found = outlook(ActionFacts(date(2026, 4, 1), milestones=(step,), override=override), DEFAULTS)
    assert found.override_until == date(2026, 5, 29)
    assert [found.effective_on(date(2026, 5, day)) for day in (29, 30)] == [Rag.GREEN, Rag.RED]


def test_a_lead_who_says_worse_is_heard_all_the_same() -> None:
    step = MilestoneFacts("Step", MilestoneKind.DATED, due=date(2026, 5, 1))
    override = OverrideFacts(Rag.GREEN, Rag.RED, date(2026, 7, 6))
    facts = ActionFacts(date(2026, 4, 1), milestones=(step,), override=override, declared=Rag.AMBER)
    assert outlook(facts, DEFAULTS).effective_on(date(2026, 7, 1)) is Rag.AMBER


@settings(max_examples=100, deadline=None)
@given(
    facts=actions,
    value=st.sampled_from("AG"),
    over=st.sampled_from("RAN"),
    last=st.integers(0, LAST_OFFSET),
    offset=st.integers(0, LAST_OFFSET),
)
def test_it_never_makes_worse_and_nothing_after_its_last_day(
    *, facts: ActionFacts, value: str, over: str, last: int, offset: int
) -> None:
    day, until = APPROVED + timedelta(days=offset), APPROVED + timedelta(days=last)
    plain = outlook(facts, DEFAULTS)
    changed = {name: getattr(facts, name) for name in facts.__slots__}
    changed["override"] = OverrideFacts(Rag(value), Rag(over), until)
    found = outlook(ActionFacts(**changed), DEFAULTS)
    by_rule = colour_that_day(facts, day)
    counts = by_rule in ORDER and day <= until and ORDER.index(by_rule) >= ORDER.index(over)
    lifted = max(by_rule, value, key=ORDER.index) if counts else by_rule
    assert found.overridden_on(day).value == lifted
    assert found.computed_on(day) is plain.computed_on(day)
    declared = facts.declared.value if facts.declared is not None else "G"
    expected = lifted if lifted not in ORDER or declared not in ORDER else min(lifted, declared, key=ORDER.index)
    assert found.effective_on(day).value == expected
