"""What a person has answered so far about a plan that is coming in; how it is kept between pages is the commands'."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.people.rules import PartyKind


@dataclass(frozen=True)
class Step:
    """A milestone as a person typed it: its words, and its date as text."""

    title: str
    date: str


@dataclass(frozen=True)
class Correction:
    """An action as a person put it right; the first of its leads is accountable (domain A5)."""

    title: str
    leads: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LeadAnswer:
    """What a lead is, and the person who may update for it, None to leave it unlinked."""

    kind: PartyKind
    person_id: int | None = None


@dataclass(frozen=True)
class Answers:
    """All answers: the keys of doubts that are settled, actions put right by their numbers, leads by their names."""

    settled: frozenset[str] = frozenset()
    actions: Mapping[str, Correction] = field(default_factory=dict)
    leads: Mapping[str, LeadAnswer] = field(default_factory=dict)
