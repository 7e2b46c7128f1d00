"""The one organisation that this database serves: its name and whom to reach when a child may be at risk."""

from sqlalchemy.orm import Session

from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.facts import author_id, needed
from tracker.people.models import Organisation, Person
from tracker.people.rules import (
    FEWEST_OPEN,
    FEWEST_YEARS,
    LEAST_CONTRAST,
    MOST_OPEN,
    MOST_YEARS,
    contrast_words,
    is_readable,
    tidy_colour,
)

LONGEST_CONTACT = 1000


def set_colour(session: Session, ours: Organisation, *, colour: str, by: Person) -> str:
    """Set the colour of every page, none when empty, and return its contrast in words, empty for none.

    Raises `Invalid` for what is no colour, and for one on which white cannot be read (WCAG 2.2, 1.4.3).
    """
    tidy = tidy_colour(colour) if colour else ""
    if tidy is None:
        raise Invalid("colour", "Enter a colour as # and six digits, for example #123c5a")
    if tidy and not is_readable(tidy):
        words = contrast_words(tidy)
        raise Invalid("colour", f"White on {tidy} has a contrast of {words}. It must be {LEAST_CONTRAST} to 1 or more")
    ours.colour = tidy
    ours.changed_by = by.id
    session.flush()
    return contrast_words(tidy) if tidy else ""


def set_ways(session: Session, ours: Organisation, *, updates_open_days: int, mails_are_bare: bool, by: Person) -> None:
    """Set how many working days before a meeting updates open, and whether mails hold no words of a plan."""
    if not FEWEST_OPEN <= updates_open_days <= MOST_OPEN:
        raise Invalid("updates_open_days", f"Enter a whole number from {FEWEST_OPEN} to {MOST_OPEN}")
    ours.updates_open_days = updates_open_days
    ours.mails_are_bare = mails_are_bare
    ours.changed_by = by.id
    session.flush()


def set_audit_years(session: Session, *, years: int, version: int, by: Person) -> Organisation:
    """Set for how many years the words of an audit are kept once it is final.

    Raises `Invalid` beside `years`, `Conflict` when the organisation was changed since or was never set up.
    """
    ours = queries.organisation(session)
    if ours is None or ours.version != version:
        raise Conflict(None, "Somebody else changed this while you were writing. What is stored now is shown")
    if not FEWEST_YEARS <= years <= MOST_YEARS:
        raise Invalid("years", f"Enter a whole number from {FEWEST_YEARS} to {MOST_YEARS}")
    ours.audit_years, ours.changed_by = years, by.id
    session.flush()
    return ours


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
