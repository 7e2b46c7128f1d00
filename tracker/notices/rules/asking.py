"""Asking a lead for the updates that are owed: who may be asked on a day, and the letter; who leads what is read."""

from dataclasses import dataclass
from datetime import date

from tracker.notices.rules.facts import LedAction, Work
from tracker.notices.rules.lead_news import due_entries
from tracker.notices.rules.letters import Letter, chase_letter
from tracker.notices.rules.timing import may_chase


@dataclass(frozen=True, slots=True)
class Lead:
    """A person with open actions: how many updates are owed for the next meeting, and when the office last asked."""

    person_id: int
    name: str
    first_name: str
    actions: tuple[LedAction, ...]
    asked_on: date | None
    is_bare: bool = False

    @property
    def accountable(self) -> tuple[LedAction, ...]:
        """Those that the person answers for."""
        return tuple(action for action in self.actions if action.is_accountable)

    @property
    def due(self) -> tuple[LedAction, ...]:
        """Those whose update is owed."""
        return tuple(action for action in self.actions if action.is_due)

    def may_be_asked(self, day: date) -> bool:
        """Say whether something is owed and the office has not asked within the week."""
        return bool(self.due) and may_chase(day, self.asked_on)


def asking_letter(
    lead: Lead, work: Work, *, closes: str, opened_on: date | None, day: date, is_bare: bool = False
) -> Letter:
    """Return the letter that asks a lead for what is owed; who was asked since updates opened gets a reminder.

    `closes` says until when updates are wanted. The letter is bare for everybody, or because the lead wants it so.
    """
    is_reminder = lead.asked_on is not None and opened_on is not None and lead.asked_on >= opened_on
    return chase_letter(
        due_entries(Work(lead.due, work.details), day),
        closes=closes,
        total=len(lead.accountable),
        is_reminder=is_reminder,
        first_name=lead.first_name,
        is_bare=is_bare or lead.is_bare,
    )
