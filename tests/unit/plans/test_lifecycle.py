"""Which decisions fit an action in which state, the gate to embedded, and the numbers of new actions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.embedding import gate
from tracker.plans.rules.lifecycle import Place, reopened
from tracker.plans.rules.numbering import next_numbers
from tracker.plans.rules.states import ActionState
from tracker.plans.rules.vocabulary import ActionKind

# The state of an action, and what may be decided then. A claim with work left is not confirmed.
MAY_BE_DECIDED = [
    ("agreed", "standard", "hold supersede withdraw"),
    ("in_progress", "standard", "hold supersede withdraw"),
    ("claimed", "standard", "confirm send-back hold supersede withdraw"),
    ("on_hold", "standard", "resume supersede withdraw"),
    ("complete", "standard", "embed reopen"),
    ("embedded", "standard", "reopen"),
    ("withdrawn", "standard", "reopen"),
    ("superseded", "standard", "reopen"),
    ("agreed", "continuing", "hold supersede withdraw"),
    ("agreed", "placeholder", "hold agree supersede withdraw"),
    ("claimed", "placeholder", "send-back hold agree supersede withdraw"),
    ("on_hold", "placeholder", "resume agree supersede withdraw"),
    ("complete", "placeholder", "reopen"),
]


@pytest.mark.parametrize(("state", "kind", "acts"), MAY_BE_DECIDED)
def test_what_may_be_decided_of_an_action(state: str, kind: str, acts: str) -> None:
    assert " ".join(Place(ActionState(state), ActionKind(kind)).acts) == acts


def test_a_claim_with_work_left_can_be_sent_back_and_not_confirmed() -> None:
    found = Place(ActionState.CLAIMED, ActionKind.STANDARD, has_open_milestone=True).acts
    assert " ".join(found) == "send-back hold supersede withdraw"


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("complete", "in_progress"),
        ("embedded", "complete"),
        ("withdrawn", "in_progress"),
        ("superseded", "in_progress"),
    ],
)
def test_what_an_action_is_once_it_is_re_opened(state: str, after: str) -> None:
    assert reopened(ActionState(state)).value == after


# Complete since, milestones open, the assurance meetings, today; which of the four conditions hold; the days to choose.
GATES = [
    (None, 0, ["2026-06-01"], "2026-06-01", "nynn", []),
    ("2026-01-01", 0, ["2026-03-31"], "2026-03-31", "yynn", []),
    ("2026-01-01", 0, ["2026-03-31"], "2026-04-01", "yyyn", []),
    ("2026-01-01", 0, ["2026-04-01"], "2026-04-01", "yyyy", ["2026-04-01"]),
    ("2026-01-01", 0, ["2026-03-01", "2026-05-01", "2026-08-01"], "2026-06-01", "yyyy", ["2026-05-01"]),
    ("2026-01-01", 1, ["2026-05-01"], "2026-06-01", "ynyy", ["2026-05-01"]),
]


@pytest.mark.parametrize(("since", "open_milestones", "meetings", "today", "holds", "days"), GATES)
def test_the_gate_to_embedded(
    *, since: str | None, open_milestones: int, meetings: list[str], today: str, holds: str, days: list[str]
) -> None:
    found = gate(
        complete_since=date.fromisoformat(since) if since else None,
        open_milestones=open_milestones,
        meetings=[date.fromisoformat(day) for day in meetings],
        today=date.fromisoformat(today),
    )
    assert "".join("y" if condition.holds else "n" for condition in found.conditions) == holds
    assert [day.isoformat() for day in found.days] == days
    assert found.is_open == (holds == "yyyy")


@pytest.mark.parametrize(
    ("taken", "count", "numbers"),
    [
        ([], 1, ["5.1"]),
        (["5.1", "5.2"], 2, ["5.3", "5.4"]),
        (["5.9", "5.10", "15.40", "4.7"], 1, ["5.11"]),
        (["5.2b", "5"], 1, ["5.3"]),
        (["5.2-1"], 1, ["5.3"]),
    ],
)
def test_new_actions_get_the_next_numbers_of_their_area(taken: list[str], count: int, numbers: list[str]) -> None:
    assert next_numbers(5, taken, count) == numbers


@given(st.lists(st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}[a-z]?", fullmatch=True)), st.integers(1, 4))
def test_new_numbers_are_never_taken(taken: list[str], count: int) -> None:
    numbers = next_numbers(5, taken, count)
    assert len(set(numbers)) == count
    assert not set(numbers) & set(taken)
