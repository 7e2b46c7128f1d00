"""Long lists in pages: every row stands on exactly one page, and any address shows one of them."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.paging import Page, page_of


def asked(total: int, page: str | None = None, *, size: int = 100) -> Page:
    """Return the page that an address asks for."""
    query = {} if page is None else {"page": page}
    with Flask(__name__).test_request_context("/", query_string=query):
        return page_of(total, lambda number: f"/?page={number}", size=size)


@pytest.mark.parametrize(
    ("total", "page", "rows", "beside"),
    [
        (0, None, (1, 0), (None, None)),
        (100, None, (1, 100), (None, None)),
        (101, None, (1, 100), (None, "/?page=2")),
        (101, "2", (101, 101), ("/?page=1", None)),
        (250, "2", (101, 200), ("/?page=1", "/?page=3")),
        (250, "4", (201, 250), ("/?page=2", None)),
        (250, "0", (1, 100), (None, "/?page=2")),
    ],
)
def test_a_page_knows_its_rows_and_the_pages_beside_it(
    total: int, page: str | None, rows: tuple[int, int], beside: tuple[str | None, str | None]
) -> None:
    shown = asked(total, page)
    assert ((shown.first, shown.last), shown.total) == (rows, total)
    assert (shown.previous_url, shown.next_url) == beside


@pytest.mark.parametrize("page", ["", "x", "-1", "²", "١", "1.5", "9" * 5000, "2\x00", "two"])
def test_what_is_no_number_is_the_first_page(page: str) -> None:
    assert asked(250, page).number == 1


@given(st.integers(0, 1000), st.integers(1, 120))
def test_every_row_stands_on_exactly_one_page(total: int, size: int) -> None:
    rows = list(range(total))
    pages = max(-(-total // size), 1)
    found = [asked(total, str(number), size=size) for number in range(1, pages + 1)]
    assert [row for page in found for row in rows[page.rows]] == rows
    assert [page.offset for page in found] == [number * size for number in range(pages)]
    assert found[-1].next_url is None
