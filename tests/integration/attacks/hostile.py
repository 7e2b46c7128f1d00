"""What hostile people type, and the forms of a page filled in with it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.support.forms import PageForm, forms_in
from tests.support.pages import parsed

SCRIPT = "<script>alert('t')</script>"
TEMPLATE = "{{7*7}}{% raw %}${7*7}#{7*7}"
FORMULA = "=cmd|' /C calc'!A0"
ATTRIBUTE = "\" autofocus onfocus=alert(1) x='"
RIGHT_TO_LEFT = "\u202eevil\u202c \u200f\u2066x\u2069"
COMBINING = "Z\u0351\u036b\u0343\u036a\u0302" * 40
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 12
VALUES: tuple[str, ...] = (
    "",
    " \t\u00a0 ",
    "a\x00b\x00",
    "\x00",
    "x" * 600_000,
    "1 " * 60_000,
    RIGHT_TO_LEFT + COMBINING + FAMILY + "\ufffe\uffff\U000e0001",
    SCRIPT + ATTRIBUTE,
    TEMPLATE,
    FORMULA,
    "-1",
    "9" * 400,
    "99999999999999999999",
    "NaN",
    "\u0663",
    "31 Dec 2199",
    "1 Jan 1900",
    "every 2 weeks",
    "25:61",
    "javascript:alert(1)//\x00",
    "' OR 1=1; DROP TABLE person; --",
)
NOT_TEXT = b"\xff\xfe\xed\xa0\x80\xc0\x80"
GIVEN = frozenset({"csrf_token"})
# Forms that stand on every page.
ON_ANY_PAGE = frozenset({"/sign-out", "/search"})


def forms_of(html: str) -> list[PageForm]:
    """Return the forms of a page that change something."""
    return [form for form in forms_in(parsed(html)[0]) if form.method == "post"]


def names_of(form: PageForm) -> list[str]:
    """Return the names of a form's fields that a person could tamper with."""
    buttons = {button.name for button in form.buttons if button.name}
    return sorted((form.known | buttons) - GIVEN)


def fillings(form: PageForm, turn: int = 0) -> Iterator[str]:
    """Yield bodies to send: all fields hostile in one way, none, several, lists, no text; then each field alone."""
    given = {name: form.sent[name][:1] for name in GIVEN if name in form.sent}
    names = names_of(form)
    for value in VALUES:
        yield body({**given, **{name: [value] for name in names}})
    yield body(given)
    yield body({**given, **{name: ["1", "2", "1"] for name in names}})
    yield body({**given, **{f"{name}[]": ["1"] for name in names}, **{f"{name}[0][x]": ["1"] for name in names}})
    yield body(given) + "".join(f"&{name}=%FF%FE%ED%A0%80%C0%80" for name in names)
    for place, name in enumerate(names):
        others = {other: form.sent.get(other, [""]) for other in names if other != name}
        yield body({**given, **others, name: [VALUES[(turn + place) % len(VALUES)]]})


def body(fields: dict[str, list[str]]) -> str:
    """Return fields as a form sends them."""
    return urlencode(fields, doseq=True)
