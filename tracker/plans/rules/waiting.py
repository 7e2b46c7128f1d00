"""Actions that wait for one another: whether a new dependency would close a circle, and how that is said; no more."""

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def circle(waits: Mapping[Key, Sequence[Key]], origin: Key, target: Key) -> tuple[Key, ...]:
    """Return the shortest circle that would be closed if `origin` waited for `target`, nothing when there is none.

    `waits` says of each action which others it waits for now. The circle begins and ends with `origin`.
    """
    came_from: dict[Key, Key] = {target: origin}
    ahead = deque([target])
    while ahead:
        one = ahead.popleft()
        if one == origin:
            return _way(came_from, origin, target)
        for following in waits.get(one, ()):
            if following not in came_from:
                came_from[following] = one
                ahead.append(following)
    return ()


def _way(came_from: Mapping[Key, Key], origin: Key, target: Key) -> tuple[Key, ...]:
    if origin == target:
        return (origin, origin)
    back, one = [origin], came_from[origin]
    while one != target:
        back.append(one)
        one = came_from[one]
    return (origin, target, *reversed(back[1:]), origin)


def circle_in_words(refs: Sequence[str]) -> str:
    """Say a circle: "1.2 waits for 3.4, which waits for 1.2"."""
    first, *others = refs
    return f"{first} waits for " + ", which waits for ".join(others)
