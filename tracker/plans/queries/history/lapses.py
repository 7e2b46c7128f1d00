"""Overrides that lapsed, as a history tells them on their day: worked out of what was approved, stored nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from tracker.core import clock
from tracker.plans.queries.history.rows import HistoryRow
from tracker.plans.rules.overrides import OverrideState


def lapses(found: Iterable[HistoryRow]) -> Iterator[HistoryRow]:
    """Yield the end of each approved override on the day after its last one, once that day has come.

    One that somebody ended early has that told already. Nobody did it, so a lapse has neither person nor words.
    """
    rows, today = list(found), clock.today()
    ended = {row.id for row in rows if row.source == "override_ended"}
    for row in rows:
        if row.source != "override_decided" or row.state != OverrideState.APPROVED or row.id in ended:
            continue
        if row.turn is not None and row.turn < today:
            day = row.turn + timedelta(days=1)
            at = datetime.combine(day, time(), clock.LONDON)
            yield replace(
                row, source="override_lapsed", day=day, at=at, person_id=0, person=None, words=("", "", "", "")
            )
