"""Every page, wide and narrow and on paper: no violation, nothing juts out, one heading, and light enough."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.browser import assert_no_violations
from tests.support.houses import House
from tests.support.journeys.looks import NARROW, WIDE, jutting_out, put_on_paper, squeezed, weight_of
from tests.support.journeys.places import NO_PAGES, NOBODY, PLACES, Place
from tests.support.journeys.signposts import signposts

PageOf = Callable[..., Page]
MOST_PAGE_AND_STYLE, MOST_SCRIPT = 120_000, 30_000


def test_every_page_is_in_the_table_or_is_no_page(demonstration: House) -> None:
    rules = demonstration.app.url_map.iter_rules()
    readable = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    listed = {place.endpoint for place in PLACES}
    assert readable == listed | set(NO_PAGES)
    assert not listed & set(NO_PAGES)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_works_wide_narrow_and_on_paper(
    place: Place, page: Page, page_of: PageOf, records: Session, demonstration: House
) -> None:
    address = place.address.format(**signposts(records))
    assert _endpoint(demonstration.app, address) == place.endpoint
    seen = page if place.who == NOBODY else page_of(place.who)
    answer = seen.goto(address)
    assert answer is not None
    assert (answer.status, seen.url.endswith(address)) == (200, True), seen.url
    _is_light(seen)
    for width in (WIDE, NARROW):
        seen.set_viewport_size({"width": width, "height": 900})
        assert_no_violations(seen)
        assert not jutting_out(seen), f"{width} px: {jutting_out(seen)}"
        assert not squeezed(seen), f"{width} px: {squeezed(seen)}"
        expect(seen.locator("h1")).to_have_count(1)
    _prints(seen)


def _endpoint(app: Flask, address: str) -> str:
    endpoint: str = app.url_map.bind("localhost").match(address.partition("?")[0], method="GET")[0]
    return endpoint


def _is_light(page: Page) -> None:
    weight = weight_of(page)
    assert weight.page_and_style <= MOST_PAGE_AND_STYLE, f"HTML and CSS weigh {weight.page_and_style:,} bytes"
    assert 0 < weight.script <= MOST_SCRIPT, f"JavaScript weighs {weight.script:,} bytes"


def _prints(page: Page) -> None:
    put_on_paper(page)
    expect(page.locator(".site-header, .site-footer, .demo-banner").filter(visible=True)).to_have_count(0)
    expect(page.locator("button, .button").filter(visible=True)).to_have_count(0)
    expect(page.locator(".print-head")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not jutting_out(page), f"on paper: {jutting_out(page)}"
