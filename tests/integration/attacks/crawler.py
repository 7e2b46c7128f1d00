"""Walks the service as a person would, from the first page along every link, so many of each kind of page."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.integration.attacks.visitor import Visitor

OF_EACH = 2
LINK = re.compile(r'<a [^>]*href="([^"]*)"')


def walk(visitor: Visitor, beginnings: Iterable[str], *, of_each: int = OF_EACH) -> Iterator[tuple[str, TestResponse]]:
    """Yield addresses with their answers: those given, whatever they answer, and all that can be reached from them."""
    adapter = visitor.application.url_map.bind("localhost")
    first = ["/", *beginnings]
    waiting, seen, kinds = deque(first), set(first), Counter[str]()
    while waiting:
        address = waiting.popleft()
        answer = visitor.get(address)
        yield address, answer
        for link in _links(answer, address):
            kind = _kind(adapter, link)
            if link in seen or not kind or kinds[kind] >= of_each:
                continue
            seen.add(link)
            kinds[kind] += 1
            waiting.append(link)


def _links(answer: TestResponse, here: str) -> Iterator[str]:
    if answer.location:
        yield answer.location
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return
    for address in LINK.findall(answer.text):
        parts = urlsplit(urljoin(here, unescape(address)))
        if not parts.netloc and parts.path:
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def _kind(adapter: MapAdapter, link: str) -> str:
    """Return the page's endpoint with the first thing that its query asks, or nothing for what is no page of ours."""
    parts = urlsplit(link)
    try:
        endpoint, _ = adapter.match(parts.path, "GET")
    except HTTPException:
        return ""
    return "" if endpoint == "static" else f"{endpoint}?{parts.query.partition('=')[0]}"
