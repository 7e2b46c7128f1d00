"""The delivery codes, their words and their order; no rule about when an action has which."""

from enum import StrEnum


class Rag(StrEnum):
    """The delivery rating of an action, area or plan, in the order in which counts are printed (domain A0)."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    NOT_SCHEDULED = "N"
    COMPLETE = "C"
    EMBEDDED = "E"
    WITHDRAWN = "X"

    @property
    def word(self) -> str:
        """The short word that always stands beside the shape."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """The full words of the key: "Red: off track"."""
        return _WORDS[self][1]

    @property
    def is_closed(self) -> bool:
        """Whether work has ended, so that dates and declarations no longer count."""
        return self in CLOSED

    @property
    def concern(self) -> int:
        """A number to sort by, most concern first: red 0, amber 1, not scheduled 2, green 3, then the closed codes."""
        return _CONCERN[self]


CLOSED = frozenset({Rag.COMPLETE, Rag.EMBEDDED, Rag.WITHDRAWN})

_MOST_CONCERN_FIRST = (
    Rag.RED,
    Rag.AMBER,
    Rag.NOT_SCHEDULED,
    Rag.GREEN,
    Rag.COMPLETE,
    Rag.EMBEDDED,
    Rag.WITHDRAWN,
)
_CONCERN = {code: place for place, code in enumerate(_MOST_CONCERN_FIRST)}

_WORDS = {
    Rag.RED: ("Red", "Red: off track"),
    Rag.AMBER: ("Amber", "Amber: at risk"),
    Rag.GREEN: ("Green", "Green: on track"),
    Rag.NOT_SCHEDULED: ("Not scheduled", "Not scheduled"),
    Rag.COMPLETE: ("Complete", "Complete"),
    Rag.EMBEDDED: ("Complete and embedded", "Complete and embedded"),
    Rag.WITHDRAWN: ("Withdrawn", "Withdrawn"),
}


def worse(one: Rag, other: Rag | None) -> Rag:
    """The code of more concern in the order R > A > N > G; nothing declared leaves the first as it is (domain A5)."""
    return one if other is None or one.concern <= other.concern else other
