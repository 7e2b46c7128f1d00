"""Pages: settings of the organisation, for administrators and the programme office."""

from tracker.web.settings import bodies, index, leads, organisation, people, person, roles, units
from tracker.web.settings.blueprint import bp

__all__ = ["bodies", "bp", "index", "leads", "organisation", "people", "person", "roles", "units"]
