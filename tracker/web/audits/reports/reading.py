"""What a report is asked for: its period, its filters, and whether it is shown whole or as others see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for

from tracker.audits.queries import reports
from tracker.audits.rules.reporting.periods import Period, periods
from tracker.audits.rules.reporting.tables import Wanted
from tracker.audits.rules.vocabulary import Category, Mode
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.chips import Chip

AS_OTHERS = "others"
_SEEN = "seen"


@dataclass(frozen=True)
class Option:
    """One answer that a filter offers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One question of the panel."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def answer(self) -> Option:
        """What the address asks for, or what is usual."""
        return next((one for one in self.options if one.chosen), self.options[0])


@dataclass(frozen=True)
class Chosen:
    """A filter in force; its address shows the report without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Reading:
    """A report as it is asked for: `whole` for quality assurance, unless they look at what others see."""

    name: str
    whole: bool
    may_see_whole: bool
    period: Period
    filters: tuple[Filter, ...]

    @cached_property
    def taken(self) -> dict[str, Any]:
        """What stands in addresses: the period, where it is not the usual one, and the filters in force."""
        held = {one.name: one.answer.value for one in self.filters if one.answer is not one.options[0]}
        return {**held, **({_SEEN: AS_OTHERS} if self.may_see_whole and not self.whole else {})}

    @property
    def wanted(self) -> Wanted:
        """The audits that it is about."""
        held = self.taken
        return Wanted(
            since=self.period.since,
            until=self.period.until,
            team=int(held["team"]) if "team" in held else None,
            category=Category(held["category"]) if "category" in held else None,
            tool=int(held["tool"]) if "tool" in held else None,
            mode=Mode(held["mode"]) if "mode" in held else None,
        )

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in force besides the period, each with the address that takes it off."""
        narrowing = [one for one in self.filters[1:] if one.name in self.taken]
        return [Chosen(f"{one.label}: {one.answer.label}", self.here(without=one.name)) for one in narrowing]

    @property
    def words(self) -> str:
        """Which days it is about, and for whom it is, in words."""
        for_whom = "whole, for quality assurance" if self.whole else "without small numbers"
        return f"{self.period.words} · {for_whom}"

    @property
    def chips(self) -> list[Chip]:
        """Return the two ways of seeing it, for who may see it whole."""
        if not self.may_see_whole:
            return []
        kept: dict[str, Any] = {"period": self.taken["period"]} if "period" in self.taken else {}
        return [
            Chip("Whole", url_for(_SHOW, name=self.name, **kept), current=self.whole),
            Chip("As others see it", url_for(_SHOW, name=self.name, seen=AS_OTHERS), current=not self.whole),
        ]

    def here(self, to: str = "", *, without: str = "") -> str:
        """Return the address of this report, or of a file of it, as it is asked for, less one filter."""
        kept: dict[str, Any] = {name: value for name, value in self.taken.items() if name != without}
        return url_for(to or _SHOW, name=self.name, **kept)


_SHOW = "audits.report_show"


def read_report(name: str) -> Reading:
    """Read the address of a report; what nothing offers counts as not asked.

    Others choose the quarter alone: of a narrowed report or one of other days the numbers could be subtracted.
    """
    may_see_whole = allowed(Permission.AUDIT_REPORT_WHOLE)
    whole = may_see_whole and request.args.get(_SEEN) != AS_OTHERS
    offered = periods(clock.today(), whole=whole)
    when = _filter("period", "Period", [(one.key, one.words) for one in offered])
    period = next(one for one in offered if one.key == when.answer.value)
    return Reading(name, whole, may_see_whole, period, (when, *(_narrowing() if whole else ())))


def _narrowing() -> tuple[Filter, ...]:
    held = reports.choices(db_session())
    return (
        _filter("team", "Team", [("", "All"), *((str(key), name) for key, name in held.teams.items())]),
        _filter("category", "What help the child gets", [("", "All"), *((one.value, one.words) for one in Category)]),
        _filter("tool", "Tool", [("", "All"), *((str(key), name) for key, name in held.tools.items())]),
        _filter("mode", "Method", [("", "All"), *((one.value, one.words) for one in Mode)]),
    )


def _filter(name: str, label: str, answers: Iterable[tuple[str, str]]) -> Filter:
    asked = request.args.get(name, "")
    return Filter(name, label, tuple(Option(value, words, chosen=value == asked) for value, words in answers))
