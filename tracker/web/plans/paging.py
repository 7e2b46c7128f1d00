"""Long lists in pages of a hundred rows; what is in a list is its page's."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

PAGE_SIZE = 100


@dataclass(frozen=True)
class Page:
    """Which rows of a long list are shown, and where the pages beside are; rows are counted from 1."""

    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None

    @property
    def rows(self) -> slice:
        """The place of these rows in the whole list."""
        return slice(self.first - 1, self.last)


def page_of(total: int, address: Callable[[int], str]) -> Page:
    """Return the page that the address asks for, the nearest one for a number that there is not."""
    asked = request.args.get("page", "1")
    pages = max((total + PAGE_SIZE - 1) // PAGE_SIZE, 1)
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    number = min(max(number, 1), pages)
    return Page(
        first=(number - 1) * PAGE_SIZE + 1,
        last=min(number * PAGE_SIZE, total),
        total=total,
        previous_url=address(number - 1) if number > 1 else None,
        next_url=address(number + 1) if number < pages else None,
    )
