"""A browser without a screen for the tests: it refuses faulty pages and answers without their safety headers."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.forms import PageForm, forms_in
from tests.support.pages import faults, parsed, words
from tracker.people.models import Person

PASSWORD = "an invented password, long enough"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": None,
    "Content-Security-Policy": None,
}
POLICY = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")


def header_faults(answer: TestResponse) -> list[str]:
    """Name the safety headers that an answer lacks (security: "the lines that matter here", 3.4)."""
    found = [
        f"the header {name} is {answer.headers.get(name)!r}"
        for name, value in HEADERS.items()
        if not answer.headers.get(name) or (value and answer.headers[name] != value)
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    found += [f"the policy lacks {part}" for part in POLICY if part not in policy]
    if "unsafe" in policy:
        found.append("the policy allows something unsafe")
    return found


class CheckedClient(FlaskClient):
    """Fetches pages as a person's browser would, keeps the last one, and fills in its forms."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        self.answer: TestResponse | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch and check; an `AssertionError` lists every fault of the answer."""
        answer = super().open(*args, **kwargs)
        found = header_faults(answer)
        if answer.mimetype == "text/html" and answer.text and not 300 <= answer.status_code < 400:
            found += faults(answer.text)
            found += self._nameless(answer)
        place = f"{answer.request.method} {answer.request.path} ({answer.status_code})"
        assert not found, "\n".join([f"{place} has faults:", *found])
        self.answer = answer
        return answer

    @property
    def page(self) -> Element:
        """The last page, parsed."""
        assert self.answer is not None, "no page was fetched yet"
        return parsed(self.answer.text)[0]

    @property
    def heading(self) -> str:
        """The words of the last page's h1."""
        return words(next(self.page.iter("h1")))

    @property
    def text(self) -> str:
        """All words that a person reads on the last page, with single spaces."""
        return words(next(self.page.iter("body")))

    def sign_in(self, person: Person | str, password: str = PASSWORD) -> TestResponse:
        """Sign in through the page, as the person or with an e-mail address."""
        with self.application.test_request_context():
            address = url_for("people.sign_in")
        self.get(address)
        email = person if isinstance(person, str) else person.email
        return self.submit({"email": email, "password": password})

    def follow(self, label: str) -> TestResponse:
        """Follow the link of the last page that has exactly these words."""
        links = [link.get("href", "") for link in self.page.iter("a") if words(link) == label]
        assert links, f"no link {label!r} on {self._here}"
        return self.get(urljoin(self._here, links[0]), follow_redirects=True)

    def form(self, *names: str, button: str | None = None) -> PageForm:
        """Return the form of the last page that has these fields and this button: there must be exactly one that fits.

        Without names and button it is the form of the main part, not that of the header.
        """
        main = next(self.page.iter("main"), self.page)
        found = [form for form in forms_in(main) if set(names) <= form.known and _has_button(form, button)]
        found = found or [
            form for form in forms_in(self.page) if set(names) <= form.known and _has_button(form, button)
        ]
        assert len(found) == 1, f"{len(found)} forms on {self._here} have the fields {names} and the button {button!r}"
        return found[0]

    def submit(
        self, fields: Mapping[str, Any] | None = None, *, button: str | None = None, follow: bool = True
    ) -> TestResponse:
        """Fill in the one form that has these fields, press a button (the first if none is named), go where it leads.

        Hidden fields and the anti-forgery token go with it, as the page gave them.
        """
        form = self.form(*(fields or {}), button=button)
        sending = form.filled(fields or {})
        pressed = form.button(button)
        if pressed and pressed.name:
            sending[pressed.name] = pressed.value
        target = urljoin(self._here, (pressed.action if pressed and pressed.action else form.action) or self._here)
        how = {"query_string": sending} if form.method == "get" else {"data": sending}
        return self.open(target, method=form.method.upper(), follow_redirects=follow, **how)

    def _nameless(self, answer: TestResponse) -> list[str]:
        """Name the forms that go to an action by its number, which may change, and do not say which action is meant."""
        routes, found = self.application.url_map.bind(""), []
        for form in forms_in(parsed(answer.text)[0]):
            path = urlsplit(urljoin(answer.request.path, form.action or answer.request.path)).path
            goes_to_action = (
                form.method == "post"
                and routes.test(path, "POST")
                and {"slug", "ref"} <= set(routes.match(path, "POST")[1])
            )
            if goes_to_action and "about_action" not in form.sent:
                found.append(f"the form to {path} does not say which action it is about")
        return found

    @property
    def _here(self) -> str:
        assert self.answer is not None, "no page was fetched yet"
        parts = urlsplit(self.answer.request.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _has_button(form: PageForm, label: str | None) -> bool:
    return label is None or any(button.label.startswith(label) for button in form.buttons)
