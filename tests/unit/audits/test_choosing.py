"""Which audits are looked at a second time (domain A3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.choosing import (
    MODERATE_AS_AGREED,
    MODERATE_NOTHING,
    Choice,
    Sent,
    choice_of,
    is_drawn,
)
from tracker.audits.rules.vocabulary import Grade

WORST, POOR, GOOD, BEST = Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING
DRAWN = next(str(number) for number in range(100) if is_drawn(str(number), 20))
PASSED_OVER = next(str(number) for number in range(100) if not is_drawn(str(number), 20))


@pytest.mark.parametrize(
    ("sent", "seed", "why"),
    [
        (Sent(WORST, has_concern=False, before=40, was_chosen=False), PASSED_OVER, Choice.INADEQUATE),
        (Sent(BEST, has_concern=False, before=40, was_chosen=False), PASSED_OVER, Choice.OUTSTANDING),
        (Sent(GOOD, has_concern=True, before=40, was_chosen=False), PASSED_OVER, Choice.CONCERN),
        (Sent(WORST, has_concern=True, before=0, was_chosen=False), PASSED_OVER, Choice.CONCERN),
        (Sent(GOOD, has_concern=False, before=0, was_chosen=False), PASSED_OVER, Choice.NEW_AUDITOR),
        (Sent(GOOD, has_concern=False, before=2, was_chosen=False), PASSED_OVER, Choice.NEW_AUDITOR),
        (Sent(GOOD, has_concern=False, before=3, was_chosen=False), PASSED_OVER, Choice.NOT_DRAWN),
        (Sent(POOR, has_concern=False, before=40, was_chosen=False), PASSED_OVER, Choice.NOT_DRAWN),
        (Sent(POOR, has_concern=False, before=40, was_chosen=False), DRAWN, Choice.DRAWN),
        (Sent(GOOD, has_concern=False, before=40, was_chosen=True), PASSED_OVER, Choice.BEFORE),
    ],
)
def test_what_is_moderated_and_why(sent: Sent, seed: str, why: Choice) -> None:
    assert choice_of(sent, MODERATE_AS_AGREED, seed) is why
    assert why.is_moderated is (why is not Choice.NOT_DRAWN)


def test_what_comes_from_elsewhere_is_left_as_it_is() -> None:
    assert choice_of(Sent(WORST, has_concern=True, before=0), MODERATE_NOTHING, DRAWN) is Choice.NOT_DRAWN


def test_one_in_five_is_drawn() -> None:
    drawn = sum(is_drawn(f"seed {number}", 20) for number in range(10_000))
    assert 1_900 < drawn < 2_100


@given(seed=st.text(), share=st.integers(0, 100), more=st.integers(0, 100))
def test_a_seed_always_draws_the_same_and_a_larger_share_draws_no_fewer(seed: str, share: int, more: int) -> None:
    assert is_drawn(seed, share) is is_drawn(seed, share)
    assert not is_drawn(seed, share) or is_drawn(seed, min(100, share + more))
    assert is_drawn(seed, 100)
    assert not is_drawn(seed, 0)
