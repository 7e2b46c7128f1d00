"""What kind of action a title makes; the title itself is the cell as written."""

import re

from tracker.plans.rules.reading.table import is_to_be_confirmed
from tracker.plans.rules.vocabulary import ActionKind

_PLACEHOLDER = re.compile(
    r"(?:any )?(?:further|other) actions?\b"
    r"|(?:actions? )?to be (?:\w+ )?(?:agreed|considered|scoped|identified|confirmed)\b",
    re.IGNORECASE,
)
_CONTINUING = re.compile(r"continu(?:e|ing) to\b", re.IGNORECASE)


def action_kind(title: str) -> ActionKind:
    """Return the kind of an action by the first words of its title (domain A5)."""
    if is_to_be_confirmed(title) or _PLACEHOLDER.match(title):
        return ActionKind.PLACEHOLDER
    return ActionKind.CONTINUING if _CONTINUING.match(title) else ActionKind.STANDARD
