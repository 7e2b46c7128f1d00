"""What was found as pages and the palette show it: its words with marks, where it stands, and its address."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from tracker.core.search import Hit, Part, Sought, snippet
from tracker.web.templating import day

_TITLE = 160


@dataclass(frozen=True)
class Found:
    """One thing that was found, in its final words."""

    title: tuple[Part, ...]
    words: tuple[Part, ...]
    where: str
    url: str

    @property
    def plain_title(self) -> str:
        """The title without its marks."""
        return "".join(part.text for part in self.title)


def found_of(hit: Hit, sought: Sought) -> Found:
    """Return a hit as it is shown."""
    numbered = f"{hit.key} {hit.title}" if hit.kind in _NUMBERED else hit.title
    return Found(
        title=snippet(numbered, sought, _TITLE),
        words=snippet(hit.words, sought),
        where=", ".join(part for part in (_before(hit), hit.context, day(hit.day)) if part),
        url=_ADDRESSES[hit.kind](hit),
    )


def _before(hit: Hit) -> str:
    if hit.kind in _IN_ACTION:
        return f"Action {hit.key}"
    return f"Area {hit.key}" if hit.kind in _IN_AREA else ""


def _action(hit: Hit) -> str:
    return url_for("plans.action_show", slug=hit.within, ref=hit.key)


def _area(hit: Hit) -> str:
    return url_for("plans.area_show", slug=hit.within, number=hit.number)


def _lead(hit: Hit) -> str:
    """Return the list of what a lead leads; whoever may not see who leads gets the whole list."""
    lead = hit.number if hit.key == "lead" else None
    return url_for("plans.action_index", slug=hit.within, lead=lead)


_NUMBERED = frozenset({"action", "area", "update"})
_IN_ACTION = frozenset({"milestone", "evidence"})
_IN_AREA = frozenset({"objective", "outcome", "measure", "item"})
_ADDRESSES: dict[str, Callable[[Hit], str]] = {
    "plan": lambda hit: url_for("plans.plan_show", slug=hit.within),
    "action": _action,
    "milestone": _action,
    "area": _area,
    "objective": _area,
    "outcome": _area,
    "measure": _area,
    "item": _area,
    "lead": _lead,
    "update": lambda hit: url_for("plans.update_show", slug=hit.within, ref=hit.key, update_id=hit.number),
    "evidence": lambda hit: url_for("plans.evidence_index", slug=hit.within, ref=hit.key),
    "theme": lambda hit: url_for("themes.theme_show", code=hit.key),
    "person": lambda hit: url_for("settings.person_show", person_id=hit.number),
    "finding": lambda hit: url_for("audits.audit_show", public_id=hit.key),
}
