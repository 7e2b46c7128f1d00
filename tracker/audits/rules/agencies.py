"""Multi-agency audits (domain B5): each agency gives its part, then all agree; what keeps such an audit from going."""

from collections.abc import Mapping
from enum import StrEnum

GIVEN_BY_LENGTH = 80
AGREED_BY_LENGTH = 300
AGREED_LENGTH = 2000
MOST_AGENCIES = 20
# Of each kind: the headlines of an agency, not its whole audit.
MOST_POINTS = 3


class PartState(StrEnum):
    """Whether an agency's part is in."""

    AWAITED = "awaited"
    GIVEN = "given"
    NOT_GIVEN = "not_given"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    PartState.AWAITED: "Waited for",
    PartState.GIVEN: "In",
    PartState.NOT_GIVEN: "Not given",
}


def agencies_missing(parts: Mapping[str, PartState], agreement_stands: bool | None) -> tuple[str, ...]:
    """List what a multi-agency audit lacks before it is sent: every part or why not, and an agreement over all of them.

    `parts` holds by agency whether its part is in. An agreement is over the parts as they stood: where one was written
    again since, it stands no longer; it is None while there is none.
    """
    if not parts:
        return ("Add the agencies that take part",)
    if waiting := [agency for agency, state in parts.items() if state is PartState.AWAITED]:
        return tuple(f"Enter the part of {agency}, or say why it was not given" for agency in waiting)
    if agreement_stands is None:
        return ("Say what the agencies agreed",)
    return () if agreement_stands else ("A part was changed since the agencies agreed. Say what they agree now",)
