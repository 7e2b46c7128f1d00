"""What happened to the invented council's people: posts, absences, leaving, invitations and how they want mail."""

from collections.abc import Callable, Iterator
from functools import partial

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.notices.commands.settings import set_notices
from tracker.notices.rules.vocabulary import Frequency
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.people.rules import InvitationKind
from tracker.plans.commands.leads import leads_left_with


def staff(council: Council) -> Iterator[Entry]:
    """Give each change on its day: the office sees to posts and absences, the administrator to who may sign in."""
    doers = {"mails": None, "leave": council.administrator, "invite": council.administrator}
    for row in table("staff"):
        person = council.people[row["person"]]
        by = doers.get(row["act"], council.office) or person
        yield Entry(council.offsets.day(row["day"]), by, partial(_ACTS[row["act"]], council, row, person))


def _hold_post(council: Council, row: Row, person: Person) -> None:
    party = queries.lead_party_by_name(council.session, row["other"])
    if party is None:
        raise LookupError(f"The plan names no lead {row['other']!r}.")
    starts_on = council.offsets.day(row["from"])
    commands.hold_post(council.session, party, person, starts_on=starts_on, by=council.office)
    council.session.expire(party, ["holdings"])


def _stand_in(council: Council, row: Row, person: Person) -> None:
    first, last = council.offsets.day(row["from"]), council.offsets.day(row["to"])
    deputy = council.people[row["other"]]
    commands.stand_in(council.session, person, deputy=deputy, starts_on=first, ends_on=last, by=council.office)


def _leave(council: Council, _row: Row, person: Person) -> None:
    commands.deactivate(council.session, person, by=council.administrator)
    leads_left_with(council.session, person, by=council.administrator)


def _invite(council: Council, _row: Row, person: Person) -> None:
    commands.invite(council.session, person, kind=InvitationKind.INVITATION, by=council.administrator)


def _choose_mails(council: Council, row: Row, person: Person) -> None:
    frequency, _, bare = row["other"].partition("+")
    set_notices(council.session, person, frequency=Frequency(frequency), is_bare=bare == "bare", version=0)


_ACTS: dict[str, Callable[[Council, Row, Person], object]] = {
    "hold_post": _hold_post,
    "stand_in": _stand_in,
    "leave": _leave,
    "invite": _invite,
    "mails": _choose_mails,
}
