"""Pages: the search over all that a person may read, and what the palette asks."""

from tracker.web.search import results, suggestions
from tracker.web.search.blueprint import bp

__all__ = ["bp", "results", "suggestions"]
