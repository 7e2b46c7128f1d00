"""What each of the 25 audits of the month finds, by its place in the draw; who finds it is decided by the draw."""

from dataclasses import dataclass

INADEQUATE, POOR, GOOD, BEST = "inadequate", "requires_improvement", "good", "outstanding"


@dataclass(frozen=True)
class Finding:
    """The grade of every section and of the whole, and the theme in which something must get better."""

    grade: str
    theme: str = ""


EXEMPT = Finding("")
# The first two are moderated because they are inadequate: one stays, the other is changed and disputed.
STAYS, CHANGED, SWAPPED, LAST = 0, 1, 23, 24
FINDINGS = (
    Finding(INADEQUATE, "risk"),
    Finding(INADEQUATE, "risk"),
    Finding(BEST),
    *(Finding(POOR, "voice") for _ in range(7)),
    *(Finding(GOOD) for _ in range(14)),
    EXEMPT,
)


def case_list() -> list[list[str]]:
    """Return sixty cases of two teams, a quarter of them with a child protection plan."""
    return [
        [f"K{100 + number}", "CP" if number % 4 == 0 else "CIN", "North Team" if number % 2 else "East Team"]
        for number in range(60)
    ]
