"""How many searches one person may make in a minute (security, 2.4.1), counted in this process without a write."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from flask import abort, current_app

MOST = 120
SECONDS = 60.0


@dataclass
class Pace:
    """The moments of late searches by person, in seconds of a clock that never goes back."""

    _moments: dict[int, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def takes(self, person_id: int, now: float) -> bool:
        """Count a search, unless the person has made too many within the last minute."""
        with self._lock:
            late = self._moments.setdefault(person_id, deque(maxlen=MOST))
            while late and now - late[0] > SECONDS:
                late.popleft()
            if len(late) == MOST:
                return False
            late.append(now)
            return True


def keep_pace(person_id: int) -> None:
    """Answer 429 to a person who searches faster than anybody reads."""
    pace: Pace = current_app.extensions.setdefault("search_pace", Pace())
    if not pace.takes(person_id, monotonic()):
        abort(429)
