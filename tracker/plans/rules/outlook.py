"""The delivery rating of an action for every day to come, out of its facts; roll-up and comparison stand elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.facts import ActionFacts
from tracker.plans.rules.overrides import OverrideFacts, lifted
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag, worse
from tracker.plans.rules.reasons import Reason, action_reasons, milestone_reasons
from tracker.plans.rules.wording import day_in_words


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an action's rating is and becomes if nothing is done (domain A0).

    `reasons` are the rule's own; `declared` is the lead's view, with words if it is worse than green. The two dates and
    the flag are what is stored: with them alone `colour_from_dates` gives the rule's colour on any day from the
    approval on. `amber_from` is nothing when red starts no later.
    """

    closed: Rag | None
    reasons: tuple[Reason, ...]
    amber_from: date | None
    red_from: date | None
    unscheduled: bool
    declared: Rag | None = None
    declaration: Reason | None = None
    override: OverrideFacts | None = None

    def computed_on(self, day: date) -> Rag:
        """The rule's colour that day, whatever the lead says."""
        return colour_from_dates(self.closed, self.amber_from, self.red_from, self.unscheduled, day)

    @property
    def override_until(self) -> date | None:
        """The last day on which the override counts: its own, or the day before the rule's colour turns worse.

        It was approved over one colour, so it says nothing of a worse one.
        """
        if self.override is None or self.closed is not None:
            return None
        worse_from = [self.red_from if self.override.over is not Rag.RED else None]
        if self.override.over.concern > Rag.AMBER.concern:
            worse_from.append(self.amber_from)
        days = [day - timedelta(days=1) for day in worse_from if day is not None]
        return min((self.override.until, *days))

    def overridden_on(self, day: date) -> Rag:
        """The rule's colour that day, or the better one of an approved override that counts (domain A5)."""
        value = self.override.value if self.override is not None else None
        return lifted(self.computed_on(day), value, self.override_until, day)

    def is_overridden_on(self, day: date) -> bool:
        """Whether an approved override makes another colour of the rule's that day."""
        return self.overridden_on(day) is not self.computed_on(day)

    def effective_on(self, day: date) -> Rag:
        """The worse of the rule's colour, or what an override made of it, and the lead's (domain A5).

        Closed states ignore both.
        """
        computed = self.overridden_on(day)
        return computed if computed.is_closed else worse(computed, self.declared)

    def reasons_on(self, day: date) -> tuple[Reason, ...]:
        """The reasons in force that day, worst first and then in plan order, the lead's own view leading its level."""
        declared = (self.declaration,) if self.declaration is not None else ()
        in_force = [reason for reason in (*declared, *self.reasons) if reason.holds_on(day)]
        overridden = (self._override_reason(day),) if self.is_overridden_on(day) else ()
        return (*overridden, *sorted(in_force, key=lambda reason: reason.level.concern))

    def _override_reason(self, day: date) -> Reason:
        until = self.override_until or day
        colours = f"{self.overridden_on(day).word.lower()}, not {self.computed_on(day).word.lower()}"
        words = f"An approved override makes it {colours}, until {day_in_words(until)}"
        return Reason(self.overridden_on(day), day, words, until)


def outlook(facts: ActionFacts, parameters: Parameters) -> Outlook:
    """Work out the rating of an action for all days from its approval on (domain A0, A5)."""
    if facts.closed is not None:
        return Outlook(facts.closed, (), None, None, unscheduled=False, declared=facts.declared)
    reasons = [
        reason
        for milestone in facts.milestones
        for reason in milestone_reasons(milestone, facts.approved_on, parameters)
    ]
    reasons += action_reasons(facts, parameters)
    amber_from, red_from = _first_day(reasons, Rag.AMBER), _first_day(reasons, Rag.RED)
    if amber_from is not None and red_from is not None and red_from <= amber_from:
        amber_from = None
    return Outlook(
        None,
        tuple(reasons),
        amber_from,
        red_from,
        unscheduled=_first_day(reasons, Rag.NOT_SCHEDULED) is not None,
        declared=facts.declared,
        declaration=_declaration(facts),
        override=facts.override,
    )


def colour_from_dates(
    closed: Rag | None, amber_from: date | None, red_from: date | None, unscheduled: bool, day: date
) -> Rag:
    """The rule's colour on a day out of what is stored; the SQL expression says the same (domain A0)."""
    if closed is not None:
        return closed
    if red_from is not None and day >= red_from:
        return Rag.RED
    if amber_from is not None and day >= amber_from:
        return Rag.AMBER
    return Rag.NOT_SCHEDULED if unscheduled else Rag.GREEN


def effective_from_dates(
    computed: Rag, declared: Rag | None, override: Rag | None, override_until: date | None, day: date
) -> Rag:
    """The effective colour on a day out of what is stored with an action, as the SQL expression says it (domain A5)."""
    return computed if computed.is_closed else worse(lifted(computed, override, override_until, day), declared)


def _first_day(reasons: Iterable[Reason], level: Rag) -> date | None:
    return min((reason.from_on for reason in reasons if reason.level is level), default=None)


def _declaration(facts: ActionFacts) -> Reason | None:
    """Put the lead's red or amber in words; the reason is the lead's own, and lasts until the next update."""
    if facts.declared is not Rag.RED and facts.declared is not Rag.AMBER:
        return None
    says = f"The lead says {facts.declared.word.lower()}"
    return Reason(facts.declared, facts.approved_on, f"{says}: {facts.declared_reason or 'no reason given yet'}")
