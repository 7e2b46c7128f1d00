"""What the page of a filled workbook shows of each row; what would become of it was found before."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.core.text import counted
from tracker.plans.models import FilledWorkbook
from tracker.plans.rules.workbook import Compared, Comparison, Difference, Filled
from tracker.plans.rules.workbook.compared import compared_from
from tracker.plans.rules.workbook.rows import filled_from

_NOT_COMPARED = "Not compared"


@dataclass(frozen=True)
class ShownRow:
    """One row: what it is about, why it is not simply saved, what it changes, and how to go on with its words."""

    number: str
    title: str
    url: str
    reason: str
    differences: tuple[Difference, ...]
    theirs_code: str = ""
    theirs_words: str = ""
    tick: Any = None
    write_url: str = ""


@dataclass(frozen=True)
class ShownWorkbook:
    """Everything that the page shows of a workbook."""

    title: str
    lede: str
    ready: tuple[ShownRow, ...]
    behind: tuple[ShownRow, ...]
    refused: tuple[ShownRow, ...]
    unchanged: tuple[str, ...]
    extra: str
    button: str
    is_saved: bool


def shown_workbook(kept: FilledWorkbook, form: Any) -> ShownWorkbook:
    """Return a kept workbook in the words of its page."""
    filled, found = filled_from(kept.filled), compared_from(kept.compared)
    of = {kind: [one for one in found if one.comparison is kind] for kind in Comparison}
    ready, behind = of[Comparison.READY], of[Comparison.BEHIND]
    refused = tuple(_row(one, kept) for one in of[Comparison.REFUSED]) + _unread(filled)
    is_saved = kept.saved_at is not None
    return ShownWorkbook(
        title=f"Saved: {counted(kept.saved_count, 'update')}" if is_saved else "What this workbook changes",
        lede=_lede(kept, len(ready), len(behind), len(refused)),
        ready=tuple(_row(one, kept) for one in ready),
        behind=tuple(_row(one, kept, None if is_saved else form[tick_name(one)]) for one in behind),
        refused=refused,
        unchanged=filled.unchanged,
        extra=", ".join(f"“{name}”" for name in filled.extra),
        button=_button(len(ready), len(behind)) if not is_saved else "",
        is_saved=is_saved,
    )


def tick_name(one: Compared) -> str:
    """Return the name of the field by which a row that is behind is saved all the same."""
    return f"newer_{one.action_id}"


def _row(one: Compared, kept: FilledWorkbook, tick: Any = None) -> ShownRow:
    place: dict[str, Any] = {"slug": one.slug, "ref": one.ref}
    write: dict[str, Any] = {"public_id": kept.public_id, "action_id": one.action_id}
    return ShownRow(
        number=one.number,
        title=one.title,
        url=url_for("plans.action_show", **place) if one.ref else "",
        reason=one.reason,
        differences=one.differences,
        theirs_code=one.theirs_code,
        theirs_words=one.theirs_words,
        tick=tick,
        write_url=url_for("plans.workbook_write", **write) if one.ref else "",
    )


def _unread(filled: Filled) -> tuple[ShownRow, ...]:
    return tuple(
        ShownRow(
            one.number,
            one.title,
            "",
            one.reason,
            tuple(Difference(label, _NOT_COMPARED, text) for label, text in one.words),
        )
        for one in filled.refused
    )


def _lede(kept: FilledWorkbook, ready: int, behind: int, refused: int) -> str:
    if kept.saved_at is not None:
        left = behind + refused
        return f"{counted(left, 'row')} of {kept.file_name} {'was' if left == 1 else 'were'} not saved." if left else ""
    parts = [f"{kept.file_name}: {counted(ready, 'update')} can be saved."]
    if behind:
        parts.append(f"{counted(behind, 'row')} {'is' if behind == 1 else 'are'} out of date.")
    if refused:
        parts.append(f"{counted(refused, 'row')} cannot be saved.")
    return " ".join([*parts, "Nothing is saved yet."])


def _button(ready: int, behind: int) -> str:
    if ready:
        return f"Save {counted(ready, 'update')}{' and what is ticked' if behind else ''}"
    return "Save what is ticked" if behind else ""
