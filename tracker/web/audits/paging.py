"""Pages of long lists: which one was asked for, and where the ones beside it are."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

A_PAGE = 100


@dataclass(frozen=True)
class Page:
    """Where the rows shown stand in the whole list, and the pages beside them."""

    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None

    @property
    def is_only(self) -> bool:
        """Whether everything stands on this one page."""
        return self.previous_url is None and self.next_url is None


def page_number(arguments: Mapping[str, str]) -> int:
    """Return the page that the address asks for; anything that is no page counts as the first."""
    text = arguments.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and text.isascii() and len(text) < 6 else 1


def offset_of(number: int) -> int:
    """Return how many rows stand before a page."""
    return (number - 1) * A_PAGE


def page_of(endpoint: str, number: int, total: int) -> Page:
    """Return what is said of a page under its list."""
    return Page(
        first=offset_of(number) + 1,
        last=min(number * A_PAGE, total),
        total=total,
        previous_url=url_for(endpoint, page=number - 1) if number > 1 else None,
        next_url=url_for(endpoint, page=number + 1) if number * A_PAGE < total else None,
    )
