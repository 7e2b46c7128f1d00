"""What may be said of feedback: always how many said yes, of how many who replied, of how many invited (domain A8)."""

from dataclasses import dataclass

# A share of fewer replies says little, so pages and files say that they are few.
FEWEST_REPLIES = 10
MOST_INVITED = 1_000_000


@dataclass(frozen=True)
class Replies:
    """How many were invited, how many of them replied, and how many of those said yes."""

    invited: int
    responded: int
    yes: int

    @property
    def fault(self) -> tuple[str, str] | None:
        """Return which figure is wrong and why, None when all three can be true."""
        if self.invited < 1:
            return "invited", "At least one person must have been invited"
        if self.responded > self.invited:
            return "responded", f"No more can have replied than were invited ({self.invited:,})"
        if self.yes > self.responded:
            return "yes", f"No more can have said yes than replied ({self.responded:,})"
        return None

    @property
    def words(self) -> str:
        """Return all three figures in one sentence, shares only beside their figures: "7 of 8 who replied said yes"."""
        invited = f"{self.responded:,} of {self.invited:,} invited replied ({_share(self.responded, self.invited)})"
        if not self.responded:
            return f"Nobody of {self.invited:,} invited replied"
        return (
            f"{self.yes:,} of {self.responded:,} who replied said yes ({_share(self.yes, self.responded)}); {invited}"
        )

    @property
    def is_few(self) -> bool:
        """Whether so few replied that the share says little."""
        return self.responded < FEWEST_REPLIES


def _share(part: int, whole: int) -> str:
    """Return a share as a whole per cent, a half rounded up."""
    return f"{(200 * part + whole) // (2 * whole)}%"
