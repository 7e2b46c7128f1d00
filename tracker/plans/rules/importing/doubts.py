"""The doubts of a reading as a person answers them: each with a key that lasts, its place and a suggested answer."""

import hashlib
from dataclasses import dataclass

from tracker.plans.rules.reading import PlanReading, PlanWarning, WarningCode

_MARK = "Suggested: "
_SUGGESTED = {
    WarningCode.NO_LEAD: "put the lead in, or leave the action without one: it is then listed as having none",
    WarningCode.SEVERAL_LEADS: "let the first be accountable and the others help",
    WarningCode.LEAD_ALIAS: "choose the same person for both when you match the leads",
    WarningCode.UNDATED: "leave it to be confirmed: nobody is late while it has no date",
    WarningCode.FEWER_DATES: "give each milestone its own date",
    WarningCode.ONE_DATE_FOR_SEVERAL: "let the date count for all of them",
    WarningCode.MORE_DATES: "give each milestone one date; the rest stays as text",
    WarningCode.WAITING: "leave it waiting for that body",
    WarningCode.RECURRING: "leave it: each turn is ticked by itself",
    WarningCode.PAST_DATE: "leave it if the document says so: it counts as late until it is done",
    WarningCode.PLACEHOLDER: "leave it as a placeholder until its actions are agreed",
    WarningCode.UNRESOLVED_REFERENCE: "leave it as text: links are confirmed after the import",
    WarningCode.SPLIT_GUESS: "look at how it was divided, and put it right if that is wrong",
    WarningCode.SPLIT_ROW: "look at the action with the row that was joined to it",
    WarningCode.UNREAD: "leave it: it stays with the plan as a line that was not read",
}


@dataclass(frozen=True)
class Doubt:
    """A doubt before the import: `key` stays the same as long as the document says the same there."""

    key: str
    code: WarningCode
    ref: str | None
    line: int
    place: str
    message: str
    suggested: str


def doubts_of(reading: PlanReading) -> tuple[Doubt, ...]:
    """Return the doubts of a reading in its order, each with what a person would most likely answer."""
    return tuple(map(_doubt, reading.warnings))


def _doubt(warning: PlanWarning) -> Doubt:
    message, mark, own = warning.message.partition(_MARK)
    suggested = own if mark else _SUGGESTED[warning.code]
    said = f"{warning.code}|{warning.ref}|{warning.line}|{warning.message}"
    return Doubt(
        key=hashlib.sha256(said.encode()).hexdigest()[:16],
        code=warning.code,
        ref=warning.ref,
        line=warning.line,
        place=warning.place or f"Line {warning.line}",
        message=message.strip(),
        suggested=f"{suggested[:1].upper()}{suggested[1:]}",
    )
