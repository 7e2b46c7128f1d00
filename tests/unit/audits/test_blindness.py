"""From whom what an audit says is hidden: never its auditor, its moderator until they graded, others until the end."""

import pytest

from tracker.audits.rules.blindness import hidden_words, is_hidden
from tracker.audits.rules.vocabulary import OPEN_STATES, AuditState

HIDDEN, SHOWN = True, False


@pytest.mark.parametrize(
    ("state", "from_moderator_after_comparing", "from_anybody_else"),
    [
        (AuditState.PLANNED, SHOWN, SHOWN),
        (AuditState.ALLOCATED, HIDDEN, HIDDEN),
        (AuditState.IN_PROGRESS, HIDDEN, HIDDEN),
        (AuditState.RETURNED, HIDDEN, HIDDEN),
        (AuditState.SUBMITTED, HIDDEN, HIDDEN),
        (AuditState.WORKER_RESPONSE, HIDDEN, HIDDEN),
        (AuditState.MODERATION, SHOWN, HIDDEN),
        (AuditState.DISPUTED, SHOWN, SHOWN),
        (AuditState.PANEL, SHOWN, SHOWN),
        (AuditState.FINAL, SHOWN, SHOWN),
        (AuditState.CLOSED, SHOWN, SHOWN),
        (AuditState.EXEMPT, SHOWN, SHOWN),
        (AuditState.VOID, SHOWN, SHOWN),
    ],
)
def test_what_an_audit_says_is_hidden_until_a_second_look_at_it_is_over(
    state: AuditState, *, from_moderator_after_comparing: bool, from_anybody_else: bool
) -> None:
    assert is_hidden(state, is_own=False, has_compared=True) is from_moderator_after_comparing
    assert is_hidden(state, is_own=False, has_compared=False) is from_anybody_else
    assert is_hidden(state, is_own=True, has_compared=False) is SHOWN
    assert is_hidden(state, is_own=False, has_compared=False, is_imported=True) is SHOWN


@pytest.mark.parametrize("state", AuditState)
def test_a_page_says_why_something_is_hidden(state: AuditState) -> None:
    assert ("before it is sent" in hidden_words(state)) is (state in OPEN_STATES)
