"""A browser without a screen that posts forms to a server over the network; what it writes is its user's concern."""

import http.client
import secrets
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Fields = dict[str, str]
# What a call raises while the server is down, or when it goes down in the middle.
GONE = (OSError, http.client.HTTPException)
_PATIENCE = 60


class Browser:
    """Keeps the cookies of one person, like a browser that outlives its server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    @property
    def cookies(self) -> str:
        """What is sent along with each request."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def get(self, address: str) -> tuple[int, str]:
        """Fetch a page and return status and text; raises `OSError` or `HTTPException` when the server is gone."""
        status, page, _ = self._ask("GET", address)
        return status, page

    def post(self, address: str, fields: Fields) -> int:
        """Send a form and return the status of the answer, which is not followed."""
        return self._ask("POST", address, urlencode(fields).encode(), "application/x-www-form-urlencoded")[0]

    def send_file(self, address: str, fields: Fields, file: tuple[str, bytes]) -> tuple[int, str]:
        """Send a form with a file, by its name and content; return status and where the answer leads."""
        mark = secrets.token_hex(16)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'
            for name, said in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
        body = "".join((*parts, head)).encode() + file[1] + f"\r\n--{mark}--\r\n".encode()
        status, _, leads = self._ask("POST", address, body, f"multipart/form-data; boundary={mark}")
        return status, leads

    def form(self, address: str, field: str) -> Fields:
        """Return what the form with this field would send untouched."""
        status, page = self.get(address)
        form = form_with(page, field)
        if form is None:
            raise LookupError(f"{address} answered {status} without a form for {field}")
        return form

    def _ask(self, method: str, address: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        headers = {"Cookie": self.cookies}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._cookies |= {key: one.value for key, one in SimpleCookie(value).items()}
            return answer.status, page, answer.getheader("Location", "")
        finally:
            connection.close()


def form_with(page: str, field: str) -> Fields | None:
    """Return what the first form of a page that has this field would send untouched."""
    reader = _Forms()
    reader.feed(page)
    return next((form for form in reader.forms if field in form), None)


class _Forms(HTMLParser):
    """Reads what each form of a page would send: hidden and filled fields, chosen choices, and empty text fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._area = ""
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or one of its fields."""
        given = dict(attrs)
        name = given.get("name")
        if tag == "option" and self._list and self.forms:
            self._offer(given)
            return
        if tag == "form":
            self.forms.append({})
        elif not self.forms or not name:
            return
        elif tag == "select":
            self._list = name
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "input" and (
            given.get("type") not in {"checkbox", "radio", "file", "submit"} or "checked" in given
        ):
            self.forms[-1][name] = given.get("value") or ""

    def _offer(self, given: dict[str, str | None]) -> None:
        """Take the first of a list, unless another is chosen."""
        if "selected" in given or self._list not in self.forms[-1]:
            self.forms[-1][self._list] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        """Take what stands in a text field."""
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a text field or a list."""
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._list = ""
