"""Looks at a page as it is drawn: what juts out, how much it weighs, what is left on paper; axe stands in `browser`."""

from dataclasses import dataclass

from playwright.sync_api import Page

NARROW, WIDE = 320, 1366
# What the margins of print.css leave of A4, upright and across: 178 and 265 mm at 96 to the inch.
_UPRIGHT, _ACROSS = 673, 1001
_JUTS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  const scrolls = (one) =>
    one && (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return document.documentElement.scrollWidth <= room ? [] : [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > room + 0.5 && !scrolls(one.parentElement))
    .map((one) => `${Math.round(one.getBoundingClientRect().right)} px: ${one.outerHTML.slice(0, 160)}`);
}"""
_SQUEEZED = """() => [...document.querySelectorAll('main :is(dd, td, th, p, li)')]
  .filter((one) => one.innerText.trim().length > 12)
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.width > 2 && box.width < 48 && box.height > 3 * box.width)
  .map(([box, one]) => `${Math.round(box.width)} px: ${one.outerHTML.slice(0, 160)}`)"""
_WEIGHT = """() => {
  const files = performance.getEntriesByType('resource');
  const sum = (kind) => files.filter((one) => new URL(one.name).pathname.endsWith(kind))
    .reduce((all, one) => all + one.decodedBodySize, 0);
  const [page] = performance.getEntriesByType('navigation');
  return [page.decodedBodySize + sum('.css'), sum('.js')];
}"""


@dataclass(frozen=True)
class Weight:
    """What a browser has to read before a page stands, in bytes as they are after unpacking."""

    page_and_style: int
    script: int


def weight_of(page: Page) -> Weight:
    """Return the weight of a page and of the sheets and scripts that it links."""
    return Weight(*page.evaluate(_WEIGHT))


def jutting_out(page: Page) -> list[str]:
    """Name what makes a page scroll sideways at its present width."""
    found: list[str] = page.evaluate(_JUTS_OUT)
    return found


def squeezed(page: Page) -> list[str]:
    """Name what has words and no width for them, so that they run down the page letter by letter."""
    found: list[str] = page.evaluate(_SQUEEZED)
    return found


def put_on_paper(page: Page) -> None:
    """Draw the page as it would be printed on A4, across when it has something wide."""
    page.emulate_media(media="print")
    width = _ACROSS if page.locator(".wide").count() else _UPRIGHT
    page.set_viewport_size({"width": width, "height": 1000})
