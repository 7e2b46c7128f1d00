"""What is searched, merged out of what the features register, in the order of the page."""

from tracker.audits.queries import search as audits
from tracker.people.queries import search as people
from tracker.plans.queries import search as plans

SOURCES = (*plans.SOURCES, *audits.SOURCES, *people.SOURCES)
BY_KIND = {source.kind: source for source in SOURCES}
# What may be read only after its opening has been written down is counted among the others, and shown by itself.
SHOWN_AT_ONCE = tuple(source for source in SOURCES if not source.is_sensitive)
