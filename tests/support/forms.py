"""A form of a page as a person meets it: fields with what stands in them, choices, buttons; it sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from tests.support.pages import words

NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class Button:
    """What a person may press to send a form, and what it sends and where."""

    label: str
    name: str | None
    value: str
    action: str | None


@dataclass(frozen=True)
class PageForm:
    """One form: where it goes, what it would send untouched, and what each field lets a person choose."""

    action: str
    method: str
    sent: dict[str, list[str]]
    choices: dict[str, set[str]]
    buttons: list[Button]

    def filled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is sent when a person fills in these fields (None leaves one out, as an unticked box is).

        Nobody can fill in a field that is not there, or choose what is not offered; to try that, post by hand.
        """
        sending: dict[str, Any] = dict(self.sent)
        for name, value in fields.items():
            assert name in self.choices or name in self.sent, f"no field {name!r}; there are {sorted(self.known)}"
            values = value if isinstance(value, list) else [value]
            offered = self.choices.get(name)
            if offered is not None and value is not None:
                assert set(map(str, values)) <= offered, f"{name!r} offers {sorted(offered)}, not {value!r}"
            if value is None:
                sending.pop(name, None)
            else:
                sending[name] = value
        return sending

    @property
    def known(self) -> set[str]:
        """The names of all fields."""
        return {*self.sent, *self.choices}

    def button(self, label: str | None) -> Button | None:
        """Return the button that begins with these words; without words the first one, as the Enter key would."""
        if label is None:
            return self.buttons[0] if self.buttons else None
        found = [button for button in self.buttons if button.label.startswith(label)]
        assert found, f"no button {label!r}; there are {[button.label for button in self.buttons]}"
        return found[0]


def forms_in(tree: Element) -> list[PageForm]:
    """Read the forms of a page, in order."""
    return [_form(element, tree) for element in tree.iter("form")]


def _form(form: Element, tree: Element) -> PageForm:
    members = [*form.iter()]
    if form.get("id"):
        members += [element for element in tree.iter() if element.get("form") == form.get("id")]
    sent: dict[str, list[str]] = {}
    choices: dict[str, set[str]] = {}
    for field in members:
        if field.get("name") and "disabled" not in field.attrib:
            _read_field(field, sent, choices)
    buttons = [_button(element) for element in members if _is_button(element)]
    return PageForm(form.get("action", ""), form.get("method", "get").lower(), sent, choices, buttons)


def _read_field(field: Element, sent: dict[str, list[str]], choices: dict[str, set[str]]) -> None:
    name, kind = field.get("name", ""), field.get("type", "text")
    if field.tag == "textarea":
        sent.setdefault(name, []).append("".join(field.itertext()).removeprefix("\n"))
    elif field.tag == "select":
        _read_select(field, sent, choices)
    elif field.tag == "input" and kind in {"checkbox", "radio"}:
        choices.setdefault(name, set()).add(field.get("value", "on"))
        if "checked" in field.attrib:
            sent.setdefault(name, []).append(field.get("value", "on"))
    elif field.tag == "input" and kind not in NOT_SENT:
        sent.setdefault(name, []).append(field.get("value", ""))
    elif field.tag == "input" and kind == "file":
        sent.setdefault(name, [])


def _read_select(field: Element, sent: dict[str, list[str]], choices: dict[str, set[str]]) -> None:
    name = field.get("name", "")
    options = [option for option in field.iter("option") if "disabled" not in option.attrib]
    values = [option.get("value", words(option)) for option in options]
    choices[name] = set(values)
    chosen = [value for option, value in zip(options, values, strict=True) if "selected" in option.attrib]
    if not chosen and "multiple" not in field.attrib:
        chosen = values[:1]
    if chosen:
        sent[name] = chosen


def _is_button(element: Element) -> bool:
    if element.tag == "button":
        return element.get("type", "submit") == "submit"
    return element.tag == "input" and element.get("type") == "submit"


def _button(element: Element) -> Button:
    label = words(element) or element.get("aria-label") or element.get("value") or ""
    return Button(label, element.get("name"), element.get("value", ""), element.get("formaction"))
