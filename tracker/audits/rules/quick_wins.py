"""Where a quick win is on a day; who does it and what it became are facts of others."""

from datetime import date

from tracker.audits.rules.other_words import WinState


def win_state(*, due_on: date, done_on: date | None, today: date) -> WinState:
    """Return whether a quick win is done, still to do, or late: from the day after its own (domain A1, Quick win)."""
    if done_on is not None:
        return WinState.DONE
    return WinState.LATE if today > due_on else WinState.TO_DO
