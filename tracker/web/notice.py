"""One thing that is said above the heading of a page, as its component takes it; who says it and when is elsewhere."""

from typing import Literal

Kind = Literal["saved", "info", "problem"]
Notice = dict[str, str | None]


def notice(kind: Kind, title: str, text: str = "", *, undo: str | None = None) -> Notice:
    """Return a notice; `undo` is the address behind "Undo or change it"."""
    return {"kind": kind, "title": title, "text": text, "undo": undo}
