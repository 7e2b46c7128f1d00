"""Whether what inspectors asked for is answered: by which areas, with which actions; nothing is counted here."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.plans.rules.states import ItemClass


class Cover(StrEnum):
    """How far an item is answered."""

    ANSWERED = "answered"
    TO_BE_AGREED = "to_be_agreed"
    NO_ACTION = "no_action"
    NO_AREA = "no_area"

    @property
    def words(self) -> str:
        """The cover as pages say it."""
        return _WORDS[self]

    @property
    def is_gap(self) -> bool:
        """Whether no action answers: a placeholder is none (domain A5)."""
        return self is not Cover.ANSWERED


_WORDS = {
    Cover.ANSWERED: "Answered",
    Cover.TO_BE_AGREED: "Only actions still to be agreed",
    Cover.NO_ACTION: "Its area has no action",
    Cover.NO_AREA: "No area answers it",
}


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers an item: areas, and their live actions; placeholders are counted apart."""

    areas: int
    actions: int
    placeholders: int


def cover_of(answering: Answering) -> Cover:
    """Say how far an item is answered; a withdrawn action answers nothing."""
    if not answering.areas:
        return Cover.NO_AREA
    if answering.actions:
        return Cover.ANSWERED
    return Cover.TO_BE_AGREED if answering.placeholders else Cover.NO_ACTION


def asks_for_something(item_class: ItemClass) -> bool:
    """Say whether an item wants an answer: praise does not."""
    return item_class is not ItemClass.STRENGTH
