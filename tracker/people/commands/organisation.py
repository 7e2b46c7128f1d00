"""The one organisation that this database serves: its name and whom to reach when a child may be at risk."""

from sqlalchemy.orm import Session

from tracker.core.answers import keep_to
from tracker.core.problems import Conflict
from tracker.people import queries
from tracker.people.commands.facts import author_id, needed
from tracker.people.models import Organisation, Person

LONGEST_CONTACT = 1000


def set_organisation(
    session: Session,
    *,
    name: str,
    urgent_contact: str = "",
    is_demonstration: bool | None = None,
    version: int | None = None,
    by: Person | None,
) -> Organisation:
    """Set the organisation's name and urgent contact, making it the first time; the demonstration says that it is one.

    Raises `Conflict` when the version that the form was made from is no longer the stored one.
    """
    ours = queries.organisation(session)
    if ours is not None and version is not None and ours.version != version:
        raise Conflict(None, "Somebody else changed the organisation while you were writing. Both texts are shown.")
    keep_to("urgent_contact", urgent_contact, what="Urgent contact", most=LONGEST_CONTACT)
    if ours is None:
        ours = Organisation(created_by=author_id(by), is_demonstration=False)
        session.add(ours)
    ours.name = needed("name", name, what="the organisation's name", most=120)
    ours.urgent_contact = urgent_contact.replace("\x00", "").strip()
    ours.changed_by = author_id(by)
    if is_demonstration is not None:
        ours.is_demonstration = is_demonstration
    session.flush()
    return ours
