"""How often a secret may be guessed."""

from datetime import datetime, timedelta

MOST_GUESSES = 10
GUESS_WINDOW = timedelta(minutes=5)


def wait_until(others: list[datetime]) -> datetime | None:
    """Return when the next guess may be made, given the guesses of the last five minutes; None when it may be made now.

    At most ten in five minutes (security.md, "Goals"); a refused guess is not counted, so nobody is kept out for ever.
    """
    if len(others) < MOST_GUESSES:
        return None
    return sorted(others)[-MOST_GUESSES] + GUESS_WINDOW
