"""Which audits are looked at a second time, decided when they are sent (domain A3); who looks is not decided here."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tracker.audits.rules.vocabulary import Grade

_PER_CENT = 100


class Choice(StrEnum):
    """Why an audit is moderated, or that chance left it out; the first that fits is the one."""

    BEFORE = "before"
    CONCERN = "concern"
    INADEQUATE = "inadequate"
    OUTSTANDING = "outstanding"
    NEW_AUDITOR = "new_auditor"
    DRAWN = "drawn"
    NOT_DRAWN = "not_drawn"

    @property
    def is_moderated(self) -> bool:
        """Whether a second look follows."""
        return self is not Choice.NOT_DRAWN

    @property
    def words(self) -> str:
        """The reason as pages name it."""
        return _CHOICE_WORDS[self]


_CHOICE_WORDS = {
    Choice.BEFORE: "Chosen when it was sent before",
    Choice.CONCERN: "An immediate concern was raised from it",
    Choice.INADEQUATE: "Graded Inadequate",
    Choice.OUTSTANDING: "Graded Outstanding",
    Choice.NEW_AUDITOR: "One of the first three of a new auditor",
    Choice.DRAWN: "Drawn by chance",
    Choice.NOT_DRAWN: "Not drawn",
}


@dataclass(frozen=True)
class ChoosingRule:
    """What is always moderated, and how many per cent of the rest are drawn."""

    of_extremes: bool = True
    of_concern: bool = True
    first_audits: int = 3
    share: int = 20


MODERATE_AS_AGREED = ChoosingRule()
# For audits that come from elsewhere, where somebody may have moderated them already.
MODERATE_NOTHING = ChoosingRule(of_extremes=False, of_concern=False, first_audits=0, share=0)
_EXTREMES = {Grade.INADEQUATE: Choice.INADEQUATE, Grade.OUTSTANDING: Choice.OUTSTANDING}


@dataclass(frozen=True)
class Sent:
    """What choosing needs to know of an audit that is sent; `before` is how many others its auditor has sent."""

    grade: Grade | None
    has_concern: bool
    before: int
    was_chosen: bool = False


def choice_of(sent: Sent, rule: ChoosingRule, seed: str) -> Choice:
    """Say why an audit is moderated, or that it is not.

    Always: one that was chosen before and sent again, one with an immediate concern, the best and the worst grade, and
    the first ones of a new auditor. Of the rest the seed draws the rule's share.
    """
    if sent.was_chosen:
        return Choice.BEFORE
    if rule.of_concern and sent.has_concern:
        return Choice.CONCERN
    if rule.of_extremes and sent.grade in _EXTREMES:
        return _EXTREMES[sent.grade]
    if sent.before < rule.first_audits:
        return Choice.NEW_AUDITOR
    return Choice.DRAWN if is_drawn(seed, rule.share) else Choice.NOT_DRAWN


def is_drawn(seed: str, share: int) -> bool:
    """Say whether a seed draws an audit, of which `share` per cent do: the same seed always says the same."""
    return int(sha256(seed.encode()).hexdigest(), 16) % _PER_CENT < share
