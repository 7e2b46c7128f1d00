"""What a report says of themes: the votes on each that was asked about (domain A8); voting itself is a rule beside."""

from collections.abc import Iterable

from tracker.audits.rules.reporting.tables import Counts, Parts, Ratio, Report
from tracker.audits.rules.votes import ThemeCount


def themes_report(counts: Iterable[tuple[str, ThemeCount]]) -> Report:
    """Return the votes by theme, in the order given, of the themes that were asked about at all."""
    asked = [(name, one) for name, one in counts if one.due]
    votes = tuple((name, (one.concerns, one.strengths, one.met)) for name, one in asked)
    coverage = tuple((name, one.answered, one.due) for name, one in asked)
    columns = ("Concern", "Strength", "Met")
    ratio = Ratio("Concern, share", frozenset({0}), frozenset(range(len(columns))))
    tables = (
        Counts("Votes by theme", "Theme", columns, votes, "Answered", adds_down=False, ratio=ratio),
        Parts("Coverage", "Theme", coverage, inside=True),
    )
    notes = (
        "One audit has one vote on a theme, however many findings. A theme that was not asked about is not listed.",
    )
    return Report("themes", "Themes", "", tables, notes)
