"""Long lists in pages: which page the address asks for and where those beside it are; what is listed is the list's."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

A_PAGE = 100


@dataclass(frozen=True)
class Page:
    """Which rows of a long list are shown, and where the pages beside are; pages and rows are counted from 1."""

    number: int
    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None

    @property
    def rows(self) -> slice:
        """The place of these rows in the whole list."""
        return slice(self.offset, self.last)

    @property
    def offset(self) -> int:
        """How many rows stand before these."""
        return self.first - 1


def page_of(total: int, address: Callable[[int], str], *, size: int = A_PAGE) -> Page:
    """Return the page of so many rows that the address asks for, the nearest one for a number that there is not.

    `address` gives the address of a page by its number; what is no number counts as the first page.
    """
    pages = max(-(-total // size), 1)
    number = min(_asked(), pages)
    return Page(
        number=number,
        first=(number - 1) * size + 1,
        last=min(number * size, total),
        total=total,
        previous_url=address(number - 1) if number > 1 else None,
        next_url=address(number + 1) if number < pages else None,
    )


def _asked() -> int:
    asked = request.args.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 1
