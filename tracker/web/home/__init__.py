"""Pages: home pages, help and statements."""

from tracker.web.home import home, office, office_chase, statements
from tracker.web.home.blueprint import bp

__all__ = ["bp", "home", "office", "office_chase", "statements"]
