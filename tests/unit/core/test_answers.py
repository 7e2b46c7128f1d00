"""How long an answer may be, and the one sentence that says so."""

import pytest

from tracker.core.answers import keep_to, length_fault
from tracker.core.problems import Invalid


@pytest.mark.parametrize(
    ("text", "most", "fault"),
    [
        ("", 0, None),
        ("x" * 400, 400, None),
        ("x" * 401, 400, "Why must be 400 characters or fewer (you have 401)"),
        ("é" * 2_000_000, 4000, "Why must be 4,000 characters or fewer (you have 2,000,000)"),
    ],
)
def test_text_may_be_as_long_as_its_limit(text: str, most: int, fault: str | None) -> None:
    assert length_fault(text, what="Why", most=most) == fault


def test_a_command_refuses_text_that_is_too_long_beside_its_field() -> None:
    keep_to("why", "x" * 10, what="Why", most=10)
    with pytest.raises(Invalid, match="10 characters or fewer") as refused:
        keep_to("why", "x" * 11, what="Why", most=10)
    assert refused.value.field == "why"
