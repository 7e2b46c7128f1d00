"""Pages: settings of the organisation, for administrators and the programme office."""

from tracker.web.settings import (
    absences,
    bodies,
    calendar,
    entry,
    first_run,
    holders,
    index,
    inviting,
    leads,
    organisation,
    people,
    person,
    retention,
    roles,
    units,
)
from tracker.web.settings.blueprint import bp

__all__ = [
    "absences",
    "bodies",
    "bp",
    "calendar",
    "entry",
    "first_run",
    "holders",
    "index",
    "inviting",
    "leads",
    "organisation",
    "people",
    "person",
    "retention",
    "roles",
    "units",
]
