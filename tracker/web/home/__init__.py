"""Pages: home pages, help, statements and the search."""

from tracker.web.home import home, search, statements
from tracker.web.home.blueprint import bp

__all__ = ["bp", "home", "search", "statements"]
