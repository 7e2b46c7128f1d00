"""What the pages of later versions show of each difference, in final words; which differ was worked out before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.core.text import counted
from tracker.plans.models import PendingReimport, Plan, ReimportChange
from tracker.plans.rules.reimport import ChangeKind, Piece, PlanChange, Wording, changed_words


@dataclass(frozen=True)
class ChangeRow:
    """A difference: its box unless it cannot be taken in, what it is about, and both versions in pieces."""

    tick: Any
    about: str
    url: str
    was: tuple[Piece, ...]
    now: tuple[Piece, ...]
    cannot: str
    note: str


@dataclass(frozen=True)
class Section:
    """The differences of one kind."""

    heading: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class TakenRow:
    """What was taken in: its kind, what it was about, as it was and as it is since."""

    kind: str
    about: str
    url: str
    was: tuple[Piece, ...]
    now: tuple[Piece, ...]


def tick_name(one: PlanChange) -> str:
    """Return the name of the field by which a difference is taken in."""
    return f"take_{one.code}"


def summary_of(changes: Sequence[PlanChange], pending: PendingReimport) -> str:
    """Say how many differences there are of which kind."""
    if not changes:
        return f"{pending.file_name} says what the plan says. Nothing differs."
    counts = [(kind, sum(one.kind is kind for one in changes)) for kind in ChangeKind]
    told = ", ".join(f"{kind.words.lower()}: {count}" for kind, count in counts if count)
    return f"{pending.file_name} differs in {counted(len(changes), 'thing')}: {told}. Nothing is taken in yet."


def sections_of(changes: Iterable[PlanChange], plan: Plan, form: Any) -> tuple[Section, ...]:
    """Return the differences of a page kind by kind."""
    found: dict[ChangeKind, list[ChangeRow]] = {}
    for one in changes:
        found.setdefault(one.kind, []).append(_row(one, plan, form))
    return tuple(Section(kind.words, tuple(rows)) for kind, rows in found.items())


def taken_rows(changes: Iterable[ReimportChange], plan: Plan) -> tuple[TakenRow, ...]:
    """Return what was taken in, each leading to its action as that is numbered now."""
    return tuple(
        TakenRow(
            one.kind.words,
            f"{one.ref} {one.title}",
            url_for("plans.action_show", slug=plan.slug, ref=one.action.ref) if one.action is not None else "",
            *_sides(one.kind, one.was, one.now),
        )
        for one in changes
    )


def _row(one: PlanChange, plan: Plan, form: Any) -> ChangeRow:
    is_here = one.action is not None or one.kind in {ChangeKind.GONE, ChangeKind.MILESTONE_GONE}
    url = (
        url_for("plans.action_show", slug=plan.slug, ref=one.ref) if is_here and one.kind is not ChangeKind.NEW else ""
    )
    was, now = _sides(one.kind, one.was, one.now)
    tick = None if one.cannot else form[tick_name(one)]
    return ChangeRow(tick, f"{one.ref} {one.title}", url, was, now, one.cannot, one.note)


def _sides(kind: ChangeKind, was: str, now: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both sides: of words what was taken out marked in the one and what was put in marked in the other."""
    if not kind.is_wording:
        return _whole(was), _whole(now)
    pieces = changed_words(was, now)
    return (
        tuple(one for one in pieces if one.wording is not Wording.IN),
        tuple(one for one in pieces if one.wording is not Wording.OUT),
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(Wording.KEPT, text),) if text else ()
