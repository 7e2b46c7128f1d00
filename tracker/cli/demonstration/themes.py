"""Links the themes of the invented council's audits to the actions that are meant to change them."""

from collections.abc import Iterator
from functools import partial

from tracker.audits.queries import theme_by_code
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.impact.commands import link_theme
from tracker.impact.rules import Relation


def theme_links(council: Council) -> Iterator[Entry]:
    """Give each link on the day from which it stands; the programme office sets them."""
    for row in table("links"):
        yield Entry(council.offsets.day(row["day"]), council.office, partial(_link, council, row))


def _link(council: Council, row: Row) -> None:
    theme = theme_by_code(council.session, row["theme"])
    if theme is None:
        raise LookupError(f"There is no theme {row['theme']!r}.")
    action, relation = council.actions[row["action"]], Relation(row["relation"])
    link_theme(council.session, theme, action, relation=relation, why=row["why"], by=council.office)
