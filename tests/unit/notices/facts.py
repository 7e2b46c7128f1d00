"""Makes the facts that rules on notices take, naming only what a test is about."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.notices.rules.facts import Closing, Detail, LedAction, Said, Work
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import ActionState
from tracker.plans.rules.strip import Step

MEETING = date(2026, 11, 26)
LONG_AGO = date(2026, 1, 5)


def a_closing() -> Closing:
    """The meeting of Thursday 26 November 2026, whose updates open on 5 and close on 23 November at five."""
    at = datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Europe/London"))
    return Closing(MEETING, date(2026, 11, 5), date(2026, 11, 23), at)


def an_action(number: int = 1, **facts: Any) -> LedAction:
    """An action that is green and long known to its lead, with nothing owed."""
    known: dict[str, Any] = {
        "plan_id": 1,
        "area_id": 1,
        "person_id": 7,
        "slug": "plan",
        "ref": f"1.{number}",
        "title": "Review every caseload",
        "rag": Rag.GREEN,
        "state": ActionState.IN_PROGRESS,
        "is_accountable": True,
        "last_update_on": LONG_AGO,
        "red_from": None,
        "given_on": LONG_AGO,
    }
    return LedAction(number, **(known | facts))


def some_work(*actions: LedAction, **details: Any) -> Work:
    """Work on some actions, each with the same details."""
    return Work(tuple(actions), {action.id: Detail(**details) for action in actions})


def said(code: Rag = Rag.GREEN, words: str = "Two teams are staffed") -> Said:
    """What an update of 3 November said."""
    return Said(date(2026, 11, 3), code, words)


def a_step(due: date, title: str = "New structure live") -> Step:
    """A milestone that is to be done by a day."""
    return Step(title, due, f"{due:%-d %b %Y}")


def days_before(day: date, number: int) -> date:
    """The calendar day so many days before."""
    return day - timedelta(days=number)
