"""A filled workbook understood: which update each row asks for, and why a row is refused; nothing stored is asked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tracker.core.problems import Invalid
from tracker.core.text import one_line
from tracker.plans.rules.workbook.cells import Table, cell_text
from tracker.plans.rules.workbook.columns import MILESTONE_COLUMNS, MILESTONES, STAMPS, UPDATE_COLUMNS, UPDATES
from tracker.plans.rules.workbook.rows import ActionRow, Filled, MilestoneRow, Refused
from tracker.plans.rules.workbook.sheets import Line, Sheet, read_sheet, twice
from tracker.plans.rules.workbook.stamps import ActionStamp, MilestoneStamp, Stamps

MOST_UPDATES = 100
_NOT_OURS = "This is not an update workbook of this service. Download one, fill it in and bring that back"
_ODD_STAMPS = (
    "The hidden sheet of this workbook was changed, or another service made it, so its rows cannot be told apart. "
    "Download a new one"
)
_TWICE = "This number stands on more than one filled row. Keep one of them"
_STRANGE = "This row is not one of those that the workbook was made with"
_MIXED_UP = "The number and the words beside it do not belong together. Perhaps only a part of the sheet was sorted"
_NO_COLOUR = "Choose how the action is now"
_ASKED = tuple(column for column in MILESTONE_COLUMNS if not column.is_locked)


def read_workbook(tables: Mapping[str, Table], stamps: Stamps) -> Filled:
    """Return what a filled workbook says; rows may be sorted, deleted or added, columns added.

    Raises `Invalid` with a sentence when the file as a whole is not one of ours (domain A11).
    """
    for name in (UPDATES, MILESTONES, STAMPS):
        if name not in tables:
            known = UPDATES in tables or MILESTONES in tables or STAMPS in tables
            sentence = f"This workbook has no sheet “{name}”. Keep the names of its sheets, or download a new one"
            raise Invalid("file", sentence if known else _NOT_OURS)
    known_stamps = _stamps(tables[STAMPS], stamps)
    updates = read_sheet(UPDATES, tables[UPDATES], UPDATE_COLUMNS)
    milestones = read_sheet(MILESTONES, tables[MILESTONES], MILESTONE_COLUMNS)
    return _Reader(known_stamps).filled(updates, milestones)


def _stamps(table: Table, stamps: Stamps) -> dict[str, ActionStamp | MilestoneStamp]:
    texts = [text for row in table if row and (text := cell_text(row[0]))]
    opened = [stamps.opened(text) for text in texts]
    if None in opened or not opened:
        raise Invalid("file", _ODD_STAMPS)
    return {stamp.number: stamp for stamp in opened if stamp is not None}


class _Reader:
    """Reads the lines of both sheets against the stamps, and gathers what is refused on the way."""

    def __init__(self, stamps: dict[str, ActionStamp | MilestoneStamp]) -> None:
        self.stamps = stamps
        self.refused: list[Refused] = []

    def filled(self, updates: Sheet, milestones: Sheet) -> Filled:
        """Return one row for each action of which either sheet says something."""
        said = self._milestones(milestones)
        rows = self._actions(updates, said)
        for number, parts in said.items():
            if number not in rows:
                self._refuse_parts(number, parts)
        if len(rows) > MOST_UPDATES:
            raise Invalid("file", f"Fill in at most {MOST_UPDATES} actions at a time; this workbook has {len(rows)}")
        if len(self.refused) > MOST_UPDATES:
            first = self.refused[0]
            sentence = f"{len(self.refused)} rows cannot be read. The first is {first.number}: {first.reason}"
            raise Invalid("file", sentence)
        actions = [stamp.number for stamp in self.stamps.values() if isinstance(stamp, ActionStamp)]
        touched = {*rows, *said, *(one.number for one in self.refused)}
        return Filled(
            rows=tuple(rows.values()),
            refused=tuple(self.refused),
            unchanged=tuple(number for number in actions if number not in touched),
            extra=(*updates.extra, *milestones.extra),
        )

    def _actions(self, sheet: Sheet, said: dict[str, list[MilestoneRow]]) -> dict[str, ActionRow]:
        rows: dict[str, ActionRow] = {}
        again = twice(sheet.lines)
        for line in sheet.lines:
            parts = tuple(said.get(line.number, ()))
            if not line.given and not parts:
                continue
            stamp = self.stamps.get(line.number)
            fault = self._fault(line, stamp, again) or (None if line.cells["declared"] else _NO_COLOUR)
            if fault is None and isinstance(stamp, ActionStamp):
                rows[stamp.number] = _action_row(line.given, stamp, parts)
            elif line.given:
                self._refuse(line, fault or _STRANGE)
        return rows

    def _milestones(self, sheet: Sheet) -> dict[str, list[MilestoneRow]]:
        """Return what is said of milestones by the numbers of their actions."""
        found: dict[str, list[MilestoneRow]] = defaultdict(list)
        again = twice(sheet.lines)
        for line in sheet.lines:
            if not line.given:
                continue
            stamp = self.stamps.get(line.number)
            fault = self._fault(line, stamp, again) or _at_odds(line)
            if fault is None and isinstance(stamp, MilestoneStamp):
                found[stamp.action_number].append(_milestone_row(line.given, stamp))
            else:
                self._refuse(line, fault or _STRANGE)
        return found

    def _fault(self, line: Line, stamp: ActionStamp | MilestoneStamp | None, again: frozenset[str]) -> str | None:
        if line.number in again:
            return _TWICE
        if stamp is None:
            return _STRANGE
        if one_line(stamp.title) != line.title:
            return _MIXED_UP
        return line.fault()

    def _refuse(self, line: Line, reason: str) -> None:
        self.refused.append(Refused(line.number[:40] or f"Row {line.line}", line.title[:300], reason, line.words))

    def _refuse_parts(self, number: str, parts: list[MilestoneRow]) -> None:
        """Refuse what is said of milestones whose action has no update: its own row was refused, or has no colour."""
        for part in parts:
            words = [(column.heading, getattr(part, column.name)) for column in _ASKED]
            reason = f"It goes with the update of {number}, which is missing or refused"
            self.refused.append(Refused(part.number, part.title, reason, tuple(pair for pair in words if pair[1])))


def _action_row(given: dict[str, Any], stamp: ActionStamp, parts: tuple[MilestoneRow, ...]) -> ActionRow:
    return ActionRow(stamp.number, stamp.title, stamp.action_id, stamp.after, **given, milestones=parts)


def _milestone_row(given: dict[str, Any], stamp: MilestoneStamp) -> MilestoneRow:
    turn = stamp.turn.isoformat() if stamp.turn else ""
    return MilestoneRow(stamp.number, stamp.title, stamp.milestone_id, stamp.version, turn, **given)


def _at_odds(line: Line) -> str | None:
    """Return what is wrong between the cells of a milestone's row."""
    given = line.given
    if "done_on" in given and given.get("state") != "Done":
        return "It says on which day it was done, but not that it is done. Choose “Done”"
    if given.get("state") == "Done" and "new_date" in given:
        return "What is done needs no new date. Clear one of the two"
    if "because" in given and "new_date" not in given:
        return "It says why the date has moved, but not to which date"
    return None
