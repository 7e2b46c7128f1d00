"""Who may make an audit void."""

import pytest

from tracker.audits.rules.voiding import void_fault


@pytest.mark.parametrize(
    ("auditor", "worker", "person", "says"),
    [
        (1, None, 1, "You audited this file"),
        (1, 2, 1, "You audited this file"),
        (1, 2, 2, "You worked with this child"),
        (1, 2, 3, None),
        (1, None, 3, None),
    ],
)
def test_nobody_makes_their_own_audit_void(auditor: int, worker: int | None, person: int, says: str | None) -> None:
    fault = void_fault(auditor, worker, person)
    assert (fault or "").startswith(says) if says else fault is None
