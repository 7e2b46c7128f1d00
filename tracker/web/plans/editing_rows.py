"""Words that were changed, as pages of editing tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.plans.queries.editing import FormerRow
from tracker.plans.rules.wordings import wording_sentence
from tracker.web.templating import day


@dataclass(frozen=True)
class FormerLine:
    """One change of words: a heading, both states, and who made it when."""

    heading: str
    before: str
    after: str
    who: str


def former_lines(rows: Iterable[FormerRow]) -> tuple[FormerLine, ...]:
    """Return changes of words as pages show them."""
    return tuple(
        FormerLine(
            wording_sentence(row.what, row.before, row.after),
            row.before,
            row.after,
            f"{day(row.effective_on)}, {row.by or 'a command on the server'}",
        )
        for row in rows
    )
