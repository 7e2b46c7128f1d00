"""The ways in which a later version of a plan may differ, and one such difference; none is looked for here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.plans.rules.reimport.contents import TextContent

EVERYTHING = "ALL"


class ChangeKind(StrEnum):
    """How something differs (domain A11, ux 8.13), in the order in which the page lists them."""

    NEW_AREA = "new-area"
    NEW_TEXT = "new-text"
    NEW = "new"
    NEW_MILESTONE = "new-milestone"
    AREA_REWORDED = "area-reworded"
    TEXT_REWORDED = "text-reworded"
    REWORDED = "reworded"
    MILESTONE_REWORDED = "milestone-reworded"
    REDATED = "redated"
    LEAD = "lead"
    RENUMBERED = "renumbered"
    GONE = "gone"
    MILESTONE_GONE = "milestone-gone"
    TEXT_GONE = "text-gone"
    AREA_GONE = "area-gone"

    @property
    def words(self) -> str:
        """The kind as pages name one of it."""
        return _WORDS[self]

    @property
    def is_gone(self) -> bool:
        """Whether it is about something that the file lacks: nothing of that is ever ticked beforehand."""
        return self in _GONE

    @property
    def is_wording(self) -> bool:
        """Whether only words differ."""
        return self in _WORDINGS


_GONE = frozenset({ChangeKind.GONE, ChangeKind.MILESTONE_GONE, ChangeKind.TEXT_GONE, ChangeKind.AREA_GONE})
_WORDINGS = frozenset(
    {ChangeKind.AREA_REWORDED, ChangeKind.TEXT_REWORDED, ChangeKind.REWORDED, ChangeKind.MILESTONE_REWORDED}
)
_WORDS = {
    ChangeKind.NEW_AREA: "New area",
    ChangeKind.NEW_TEXT: "New objective, outcome or measure",
    ChangeKind.NEW: "New action",
    ChangeKind.NEW_MILESTONE: "New milestone",
    ChangeKind.AREA_REWORDED: "Area reworded",
    ChangeKind.TEXT_REWORDED: "Objective, outcome or measure reworded",
    ChangeKind.REWORDED: "Action reworded",
    ChangeKind.MILESTONE_REWORDED: "Milestone reworded",
    ChangeKind.REDATED: "Another date",
    ChangeKind.LEAD: "Another lead",
    ChangeKind.RENUMBERED: "Another number",
    ChangeKind.GONE: "Action not in the file",
    ChangeKind.MILESTONE_GONE: "Milestone not in the file",
    ChangeKind.TEXT_GONE: "Objective, outcome or measure not in the file",
    ChangeKind.AREA_GONE: "Area not in the file",
}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference: which (`code`), what it is about, what stands in the plan and what in the file.

    `key` is the id of what is stored, 0 for what is new (of a new text that of its area); `action` and `milestone` are
    the places in the file's content, from 0, None for what the file lacks; `text` is what the file says an area wants.
    `cannot` says why it cannot be taken in; `note` what is to be known of it.
    """

    code: str
    kind: ChangeKind
    ref: str
    title: str
    was: str = ""
    now: str = ""
    is_ticked: bool = True
    cannot: str = ""
    note: str = ""
    key: int = 0
    action: int | None = None
    milestone: int | None = None
    text: TextContent | None = None

    @property
    def facts(self) -> tuple[str, str, str, str]:
        """What must be the same still when it is taken in as when it was looked at."""
        return self.code, self.was, self.now, self.cannot


def chosen_codes(asked: str, changes: Iterable[PlanChange]) -> tuple[set[str], list[str]]:
    """Return the codes that a text asks for, and the words in it that stand for no difference.

    The text is ALL, for everything but what is gone, or codes and kinds with commas between: "new, redated-1.2/1".
    """
    known = list(changes)
    if asked.strip().upper() == EVERYTHING:
        return {one.code for one in known if not one.cannot and not one.kind.is_gone}, []
    chosen: set[str] = set()
    unknown = []
    for word in filter(None, (part.strip() for part in asked.split(","))):
        found = {one.code for one in known if word in {one.code, one.kind.value}}
        chosen |= found
        unknown += [] if found or word in set(ChangeKind) else [word]
    return chosen, unknown


def what_moved(before: Collection[tuple[str, str, str, str]], changes: Iterable[PlanChange]) -> list[str]:
    """Say in sentences how the differences looked at before differ from those there are now."""
    old, now = {facts[0]: facts for facts in before}, {one.code: one for one in changes}
    gone = [f"{code}: there is no such difference any more" for code in old if code not in now]
    other = [
        f"{one.ref} {one.title}: in the plan it is now “{one.was or 'nothing'}”"
        for code, one in now.items()
        if code in old and old[code] != one.facts
    ]
    added = [f"{one.ref} {one.title}: {one.kind.words.lower()}" for code, one in now.items() if code not in old]
    return [*gone, *other, *added]
