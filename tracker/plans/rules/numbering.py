"""Which number a new action of an area gets; how the numbers of a plan are read stands with the reading."""

import re
from collections.abc import Iterable


def next_numbers(area: int, taken: Iterable[str], count: int) -> list[str]:
    """Return the next numbers of an area after the largest that any action has: "5.3", "5.4"."""
    held = (re.match(rf"{area}\.(\d+)", ref) for ref in taken)
    last = max((int(found[1]) for found in held if found is not None), default=0)
    return [f"{area}.{last + step}" for step in range(1, count + 1)]
