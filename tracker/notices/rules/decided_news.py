"""What somebody must be told who asked for a date or an override: what was decided; never why, which its page says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.core.text import shortened
from tracker.notices.rules.occasions import Entry, Link, Occasion, OccasionKind, occasion
from tracker.plans.rules.wording import short_day

_LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on what one person asked for; `until` is the last day of an approved override."""

    person_id: int
    is_override: bool
    id: int
    slug: str
    ref: str
    title: str
    on: date
    is_agreed: bool
    until: date | None = None


def decided_occasions(decided: Iterable[Decided]) -> Iterator[Occasion]:
    """Tell who asked what was decided, once, with the page of the action that says the rest."""
    for one in decided:
        address = (("slug", one.slug), ("ref", one.ref))
        what = "override" if one.is_override else "date"
        entry = Entry(
            f"{one.ref} {shortened(one.title, _LONGEST_TITLE)}",
            one.ref,
            facts=(_fact(one),),
            links=(Link(f"Open {one.ref}", "plans.action_show", address),),
        )
        yield occasion(OccasionKind.DECIDED, f"{what}:{one.id}", one.on, entry)


def _fact(one: Decided) -> str:
    if one.is_override and one.is_agreed:
        until = f" It counts until {short_day(one.until)}." if one.until is not None else ""
        return f"The override that you asked for was approved.{until}"
    if one.is_override:
        return "The override that you asked for was not agreed. The page says why."
    if one.is_agreed:
        return "The new date that you asked for was agreed."
    return "The new date that you asked for was not agreed. The page says why."
