"""What a later version of a plan would change, difference by difference; taking any of it in is a command's."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tracker.core.text import joined, one_line
from tracker.plans.rules.reimport.contents import (
    ActionContent,
    AreaContent,
    MilestoneContent,
    PlanContent,
    is_same_date,
)
from tracker.plans.rules.reimport.kinds import ChangeKind, PlanChange
from tracker.plans.rules.reimport.matching import Match, Named, match
from tracker.plans.rules.reimport.texts import kinds_said, text_changes
from tracker.plans.rules.states import GIVEN_UP

_FEW_WORDS = "Only the number agrees, so it may be another piece of work"
_NO_LEAD = "No lead"
_ASKS = "The date is asked for and goes the ordinary way; the approved one stays until then"
_PROPOSES = "It stays in the plan; a line under “Things to check” proposes to withdraw it"


def compare_contents(stored: PlanContent, brought: PlanContent, *, is_approved: bool) -> tuple[PlanChange, ...]:
    """Return everything in which a file differs from what is stored, kind by kind and within a kind in plan order.

    In an approved plan another date is asked for and never simply set (domain A11).
    """
    found = list(_Comparison(stored, brought, is_approved=is_approved).changes())
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


class _Comparison:
    """Both versions with what belongs together."""

    def __init__(self, stored: PlanContent, brought: PlanContent, *, is_approved: bool) -> None:
        self.stored, self.brought, self.is_approved = stored, brought, is_approved
        self.areas = match(_named(stored.areas), _named(brought.areas), by_number_alone=True)
        self.actions = match(
            [Named(one.ref, one.title) for one in stored.actions],
            [Named(one.ref, one.title) for one in brought.actions],
            by_number_alone=True,
        )
        self.said = kinds_said(brought)
        self.held = {one.ref: one for one in stored.actions}
        self.moving = {
            stored.actions[pair.stored].ref
            for pair in self.actions
            if pair.stored is not None
            and pair.brought is not None
            and stored.actions[pair.stored].ref != brought.actions[pair.brought].ref
        }

    def changes(self) -> Iterator[PlanChange]:
        """Yield every difference."""
        for pair in self.areas:
            yield from self._area(pair)
        for pair in self.actions:
            yield from self._action(pair)

    def _area(self, pair: Match) -> Iterator[PlanChange]:
        mine = self.stored.areas[pair.stored] if pair.stored is not None else None
        theirs = self.brought.areas[pair.brought] if pair.brought is not None else None
        if mine is None and theirs is not None:
            held = any(one.number == theirs.number for one in self.stored.areas)
            cannot = f"Area {theirs.number} has another title here. Renumber it first" if held else ""
            yield _about_area(ChangeKind.NEW_AREA, theirs, now=theirs.title, cannot=cannot, is_ticked=not held)
        elif theirs is None and mine is not None:
            yield _about_area(ChangeKind.AREA_GONE, mine, was=mine.title, is_ticked=False, note=_PROPOSES)
        elif mine is not None and theirs is not None:
            sure = {"is_ticked": pair.is_sure, "note": "" if pair.is_sure else _FEW_WORDS}
            if one_line(mine.title) != one_line(theirs.title):
                yield _about_area(ChangeKind.AREA_REWORDED, mine, was=mine.title, now=theirs.title, **sure)
            for change in text_changes(mine, theirs, self.said):
                yield change if pair.is_sure else replace(change, is_ticked=False, note=change.note or _FEW_WORDS)

    def _action(self, pair: Match) -> Iterator[PlanChange]:
        mine = self.stored.actions[pair.stored] if pair.stored is not None else None
        theirs = self.brought.actions[pair.brought] if pair.brought is not None else None
        if mine is None and theirs is not None:
            yield self._new(theirs, pair.brought)
        elif theirs is None and mine is not None and mine.closed not in GIVEN_UP:
            yield _about(ChangeKind.GONE, mine, was=mine.title, is_ticked=False, note=_PROPOSES)
        elif mine is not None and theirs is not None:
            for change in (*self._words(mine, theirs, pair), *self._milestones(mine, theirs)):
                yield replace(change, action=pair.brought)

    def _new(self, theirs: ActionContent, place: int | None) -> PlanChange:
        cannot = self._taken(theirs.ref)
        return replace(
            _about(ChangeKind.NEW, theirs, now=_in_words(theirs), cannot=cannot, is_ticked=not cannot),
            action=place,
            key=0,
        )

    def _taken(self, ref: str) -> str:
        """Say why a number cannot be given: another action has it and keeps it."""
        holder = self.held.get(ref)
        if holder is None or ref in self.moving:
            return ""
        return f"{ref} is the number of “{holder.title}”, which keeps it. Renumber that action first"

    def _words(self, mine: ActionContent, theirs: ActionContent, pair: Match) -> Iterator[PlanChange]:
        note = "" if pair.is_sure else _FEW_WORDS
        if one_line(mine.title) != one_line(theirs.title):
            is_open = {"cannot": _closed(mine), "is_ticked": pair.is_sure and not mine.closed, "note": note}
            yield _about(ChangeKind.REWORDED, mine, was=mine.title, now=theirs.title, **is_open)
        if mine.ref != theirs.ref:
            cannot = self._taken(theirs.ref)
            yield _about(ChangeKind.RENUMBERED, mine, was=mine.ref, now=theirs.ref, cannot=cannot, is_ticked=not cannot)
        if [name.casefold() for name in mine.names] != [name.casefold() for name in theirs.names]:
            is_ticked = bool(theirs.leads) and pair.is_sure
            yield _about(ChangeKind.LEAD, mine, was=_leads(mine), now=_leads(theirs), is_ticked=is_ticked, note=note)

    def _milestones(self, mine: ActionContent, theirs: ActionContent) -> Iterator[PlanChange]:
        pairs = match(_steps(mine), _steps(theirs), by_number_alone=False)
        for pair in pairs:
            known = mine.milestones[pair.stored] if pair.stored is not None else None
            brought = theirs.milestones[pair.brought] if pair.brought is not None else None
            if known is None and brought is not None:
                now = f"{brought.title}: {brought.date.shown()}"
                yield self._step(ChangeKind.NEW_MILESTONE, mine, brought, pair, now=now, cannot=_closed(mine))
            elif brought is None and known is not None:
                was = f"{known.title}: {known.date.shown()}"
                yield self._step(ChangeKind.MILESTONE_GONE, mine, known, pair, was=was, note=_PROPOSES)
            elif known is not None and brought is not None:
                yield from self._both(mine, known, brought, pair)

    def _both(
        self, mine: ActionContent, known: MilestoneContent, brought: MilestoneContent, pair: Match
    ) -> Iterator[PlanChange]:
        if one_line(known.title) != one_line(brought.title):
            note = "" if pair.is_sure else "It was taken for the same because nothing else is left"
            kind = ChangeKind.MILESTONE_REWORDED
            words = {"was": known.title, "now": brought.title, "cannot": _closed(mine), "note": note}
            yield self._step(kind, mine, known, pair, **words)
        if not any(is_same_date(brought.date, one) for one in (known.date, known.asked) if one is not None):
            cannot = "It is done, so its date stays" if known.is_done else _closed(mine)
            note = _ASKS if self.is_approved and not cannot else ""
            was, now = known.date.shown(), brought.date.shown()
            change = self._step(ChangeKind.REDATED, mine, known, pair, was=was, now=now, cannot=cannot, note=note)
            # A file that lacks a date has more often lost it than taken it back.
            yield replace(change, is_ticked=change.is_ticked and brought.date.due is not None)

    def _step(
        self,
        kind: ChangeKind,
        action: ActionContent,
        milestone: MilestoneContent,
        pair: Match,
        *,
        was: str = "",
        now: str = "",
        cannot: str = "",
        note: str = "",
    ) -> PlanChange:
        return PlanChange(
            code=f"{kind.value}-{action.ref}/{milestone.position}",
            kind=kind,
            ref=action.ref,
            title=milestone.title,
            was=was,
            now=now,
            is_ticked=not cannot and pair.is_sure and not kind.is_gone,
            cannot=cannot,
            note=note,
            key=milestone.key or action.key,
            milestone=pair.brought,
        )


def _named(areas: tuple[AreaContent, ...]) -> list[Named]:
    return [Named(str(area.number), area.title) for area in areas]


def _steps(action: ActionContent) -> list[Named]:
    return [Named(str(place), one.title) for place, one in enumerate(action.milestones)]


def _about(kind: ChangeKind, action: ActionContent, **facts: Any) -> PlanChange:
    bare = PlanChange(f"{kind.value}-{action.ref}", kind, action.ref, action.title, key=action.key)
    return replace(bare, **facts)


def _about_area(kind: ChangeKind, area: AreaContent, **facts: Any) -> PlanChange:
    number = f"Area {area.number}"
    return replace(PlanChange(f"{kind.value}-{area.number}", kind, number, area.title, key=area.key), **facts)


def _leads(action: ActionContent) -> str:
    return joined(list(action.names)) or _NO_LEAD


def _in_words(action: ActionContent) -> str:
    """Return a new action with its lead and its milestones, so that a reader need not look into the file."""
    # Where a plan names no steps, the action itself is its one step.
    steps = "; ".join(
        one.date.shown() if one.title == action.title else f"{one.title}: {one.date.shown()}"
        for one in action.milestones
    )
    return ". ".join(part for part in (action.title.rstrip("."), _leads(action), steps) if part)


def _closed(action: ActionContent) -> str:
    return f"{action.ref} is {action.closed}. It must be re-opened before it can be changed" if action.closed else ""
