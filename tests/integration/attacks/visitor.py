"""A client that attacks: it may send anything, and every answer it gets must be safe, whatever was sent."""

import re
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.checked_client import header_faults

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
OF_OURS = ("Traceback (most recent call last)", "sqlalchemy", "sqlite3.", "psycopg", "werkzeug", "jinja2")
WHEN_BROKEN = frozenset({503})


class Visitor(FlaskClient):
    """Sends what it is told to and never takes an error of ours, a trace or an answer without its headers for one."""

    def __init__(self, app: Flask, *, address: str = "127.0.0.1") -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        self.environ_base["REMOTE_ADDR"] = address
        self.is_broken = False
        self._token = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; the answer is checked unless it says that the service is broken on purpose."""
        answer = super().open(*args, **kwargs)
        place = f"{answer.request.method} {answer.request.path[:120]} ({answer.status_code})"
        if not (self.is_broken and answer.status_code in WHEN_BROKEN):
            assert answer.status_code < 500, f"{place}: an error of ours"
        assert not header_faults(answer), f"{place}: {header_faults(answer)}"
        shown = [word for word in OF_OURS if word.encode() in answer.data]
        assert not shown, f"{place}: shows {shown}"
        answer.close()
        return answer

    def sign_in(self, email: str, password: str) -> TestResponse:
        """Sign in through the page."""
        self._token = ""
        answer = self.send("/sign-in", {"email": email, "password": password})
        self._token = ""
        return answer

    @property
    def token(self) -> str:
        """The anti-forgery token of this session, as a page gives it."""
        if not self._token:
            page = self.get("/my/settings")
            page = page if page.status_code == 200 else self.get("/sign-in")
            self._token = unescape(found[1]) if (found := TOKEN.search(page.text)) else ""
        return self._token

    def send(self, address: str, fields: dict[str, Any] | None = None, **how: Any) -> TestResponse:
        """Post fields with the token of this session."""
        return self.post(address, data={"csrf_token": self.token, **(fields or {})}, **how)


def words_of(answer: TestResponse) -> str:
    """Return an answer's text with its character references read; of a workbook, the text of all its parts."""
    if answer.data.startswith(b"PK"):
        with ZipFile(BytesIO(answer.data)) as parts:
            return unescape(" ".join(parts.read(name).decode(errors="replace") for name in parts.namelist()))
    return unescape(answer.data.decode(errors="replace"))
