"""What turns amber or red before a day if nothing is done, why, and what would stop it (domain A0)."""

from dataclasses import dataclass
from datetime import date

from tracker.plans.queries.reports.reported import About, Reported
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.turns import will_turn


@dataclass(frozen=True)
class TurningAction:
    """An action that worsens on a day; `rag` is its rating on the day of the report."""

    about: About
    rag: Rag
    to: Rag
    on: date
    because: tuple[str, ...]
    cures: tuple[str, ...]


def turning(report: Reported, *, before: date) -> list[TurningAction]:
    """Return what turns after the day of the report and up to another, that day included, soonest first."""
    by_ref = {action.row.ref: action for action in report.actions}
    outlooks = {ref: action.outlook for ref, action in by_ref.items() if action.outlook is not None}
    return [
        TurningAction(
            about=report.about(by_ref[turn.ref]),
            rag=outlooks[turn.ref].effective_on(report.day),
            to=turn.to,
            on=turn.on,
            because=turn.because,
            cures=turn.cures,
        )
        for turn in will_turn(outlooks, after=report.day, by=before)
    ]
