"""Long lists of the settings in pages of a hundred rows; which rows there are is each list's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

ROWS = 100


@dataclass(frozen=True)
class Page:
    """The rows of the page that was asked for, where they stand in the whole list, and its neighbours."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None


def page_of(rows: Sequence[Any]) -> Page:
    """Return the page that the address names, the first or last for a number outside; one page for a short list."""
    pages = max(1, -(-len(rows) // ROWS))
    typed = request.args.get("page", "1")
    number = min(max(int(typed), 1), pages) if typed.isdecimal() and len(typed) < 6 else 1
    shown = rows[(number - 1) * ROWS : number * ROWS]
    return Page(
        rows=shown,
        first=(number - 1) * ROWS + 1,
        last=(number - 1) * ROWS + len(shown),
        total=len(rows),
        previous_url=_address(number - 1) if number > 1 else None,
        next_url=_address(number + 1) if number < pages else None,
    )


def _address(number: int) -> str:
    return url_for(request.endpoint or "", page=number)
