"""Of which actions "no change" may be said, and why not of the others."""

import pytest

from tracker.plans.rules.rag import Rag
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.states import ActionState, DeclaredRag

GREEN, RED, COMPLETE = DeclaredRag.GREEN, DeclaredRag.RED, DeclaredRag.COMPLETE
WORKING, CLAIMED, HELD = ActionState.IN_PROGRESS, ActionState.CLAIMED, ActionState.ON_HOLD
TAKEN_UP = "1.1 was taken up again since the last update, so it needs a new one"
IS_RED = "1.1 is red, so it needs a reason and a plan"


@pytest.mark.parametrize(
    ("declared", "state", "rag", "is_overdue", "sentence"),
    [
        (None, WORKING, Rag.GREEN, False, "1.1 has no update yet, so there is nothing to repeat"),
        (GREEN, WORKING, Rag.GREEN, False, None),
        (DeclaredRag.AMBER, WORKING, Rag.AMBER, False, None),
        (GREEN, HELD, Rag.AMBER, False, None),
        (GREEN, WORKING, None, False, None),
        (COMPLETE, CLAIMED, Rag.GREEN, False, None),
        (COMPLETE, WORKING, Rag.GREEN, False, TAKEN_UP),
        (COMPLETE, HELD, Rag.AMBER, False, "1.1 is on hold. The programme office must take it up again first"),
        (GREEN, WORKING, Rag.RED, False, IS_RED),
        (RED, WORKING, Rag.RED, True, IS_RED),
        (RED, WORKING, None, False, IS_RED),
        (GREEN, WORKING, Rag.AMBER, True, "1.1 is overdue, so it needs a reason or a new date"),
    ],
)
def test_what_may_be_said_again(
    declared: DeclaredRag | None, state: ActionState, rag: Rag | None, *, is_overdue: bool, sentence: str | None
) -> None:
    assert why_not_repeat("1.1", declared=declared, state=state, rag=rag, is_overdue=is_overdue) == sentence
