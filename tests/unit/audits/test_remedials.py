"""What must be put right: due by class, the steps and who takes them, lateness, and what an inadequate audit needs."""

from datetime import date

import pytest

from tracker.audits.rules.remedials import (
    Priority,
    RemedialState,
    Step,
    after,
    due_by,
    lateness,
    re_audit_due,
    remedial_missing,
    steps_from,
)
from tracker.audits.rules.vocabulary import Grade

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("priority", "given_on", "due"),
    [
        (Priority.IMMEDIATE, THURSDAY, date(2026, 11, 27)),
        (Priority.IMMEDIATE, date(2026, 11, 27), date(2026, 11, 30)),
        (Priority.URGENT, THURSDAY, date(2026, 12, 3)),
        (Priority.STANDARD, THURSDAY, date(2026, 12, 24)),
        # Christmas Day and the day given instead of Boxing Day are no working days.
        (Priority.IMMEDIATE, date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_it_is_due_after_the_working_days_of_its_class(priority: Priority, given_on: date, due: date) -> None:
    assert due_by(priority, given_on) == due


STEPS = """
from        take     claim    verify    send_back  close
open        in_hand  claimed  -         -          -
in_hand     -        claimed  -         -          -
claimed     -        -        verified  open       -
verified    -        -        -         open       closed
closed      -        -        -         -          -
"""


def test_each_step_leads_where_the_table_says() -> None:
    head, *lines = [line.split() for line in STEPS.strip().splitlines()]
    for begins, *ends in lines:
        state = RemedialState(begins)
        found = {step: after(state, Step(step)) for step in head[1:]}
        wanted = {step: None if end == "-" else RemedialState(end) for step, end in zip(head[1:], ends, strict=True)}
        assert found == wanted
        assert set(steps_from(state)) == {step for step, end in wanted.items() if end is not None}


def test_its_owner_begins_and_claims_and_somebody_else_does_the_rest() -> None:
    assert [step for step in Step if step.is_of_owner] == [Step.TAKE, Step.CLAIM]
    assert [step for step in Step if step.asks] == [Step.CLAIM, Step.VERIFY, Step.SEND_BACK]


@pytest.mark.parametrize(
    ("state", "today", "words"),
    [
        (RemedialState.OPEN, THURSDAY, None),
        (RemedialState.OPEN, date(2026, 11, 27), "Late: for the manager of the team"),
        (RemedialState.IN_HAND, date(2026, 12, 3), "Late: for the manager of the team"),
        (RemedialState.IN_HAND, date(2026, 12, 4), "Late: for the head of service"),
        (RemedialState.CLAIMED, date(2026, 12, 4), None),
        (RemedialState.CLOSED, date(2027, 12, 4), None),
    ],
)
def test_what_is_late_goes_to_the_manager_and_after_five_working_days_further(
    state: RemedialState, today: date, words: str | None
) -> None:
    late = lateness(state, THURSDAY, today)
    assert (late.words if late else None) == words
    if late:
        assert (late.since, late.further_on) == (date(2026, 11, 27), date(2026, 12, 4))


@pytest.mark.parametrize(
    ("grade", "count", "is_missing"),
    [
        (Grade.INADEQUATE, 0, True),
        (Grade.INADEQUATE, 1, False),
        (Grade.REQUIRES_IMPROVEMENT, 0, False),
        (None, 0, False),
    ],
)
def test_only_an_inadequate_audit_needs_something_to_put_right(
    grade: Grade | None, count: int, *, is_missing: bool
) -> None:
    assert (remedial_missing(grade, count) is not None) == is_missing


def test_an_inadequate_case_is_audited_again_within_twelve_weeks() -> None:
    assert re_audit_due(Grade.INADEQUATE, THURSDAY) == date(2027, 2, 18)
    assert re_audit_due(Grade.GOOD, THURSDAY) is None
    assert re_audit_due(None, THURSDAY) is None
