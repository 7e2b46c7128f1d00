"""Whether the worker of a file may answer an audit of their work on a day (domain A3); what they say is not here."""

from datetime import date

from tracker.audits.rules.vocabulary import AuditState, Mode

REMIND_DAYS = 1
"""How many working days before the last day the worker is reminded."""

# An observation, or a review of a group, stays one, whoever answers it.
_AT_A_DESK = (Mode.DESK, Mode.COLLABORATIVE)
_NOT_SENT = "The auditor has not sent this audit, so there is nothing to answer yet"
_NOT_AWAITED = "No answer is awaited for this audit"
_TOO_LATE = "The last day for an answer has passed"


def answer_fault(state: AuditState, due_on: date | None, day: date) -> str | None:
    """Say what keeps an audit from being answered on a day, or None while it can be; the last day is one of them."""
    if state.is_open:
        return _NOT_SENT
    if state is not AuditState.WORKER_RESPONSE:
        return _NOT_AWAITED
    return _TOO_LATE if due_on is not None and day > due_on else None


def may_name_worker(state: AuditState, *, is_answered: bool) -> bool:
    """Say whether it may still be said who the worker is: until the audit goes on, or its worker has answered."""
    return state.is_open or (state is AuditState.WORKER_RESPONSE and not is_answered)


def shared_mode(mode: Mode) -> Mode:
    """Return the mode of an audit that its worker answers."""
    return Mode.COLLABORATIVE if mode in _AT_A_DESK else mode
