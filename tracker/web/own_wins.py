"""The quick wins that the person reading has still to do, as rows for the lists that owners use."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.queries.events import open_wins_of
from tracker.audits.rules.other_words import WinState
from tracker.audits.rules.quick_wins import win_state
from tracker.core import clock
from tracker.extensions import db_session
from tracker.web.access import current_person
from tracker.web.templating import day


@dataclass(frozen=True)
class OwnWin:
    """A quick win with the way to saying that it is done, its event, and when it is due."""

    words: str
    url: str
    event: str
    due: str
    late: str


def own_wins() -> list[OwnWin]:
    """Return the open quick wins of whoever reads, the first due first; one query."""
    today = clock.today()
    return [
        OwnWin(
            words=win.words,
            url=url_for("audits.quick_win_show", public_id=win.public_id),
            event=win.event.name,
            due=f"Due {day(win.due_on)}",
            late="Late" if win_state(due_on=win.due_on, done_on=None, today=today) is WinState.LATE else "",
        )
        for win in open_wins_of(db_session(), current_person())
    ]
