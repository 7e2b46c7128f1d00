"""Pages: themes, what auditors find on them, and the actions meant to change them."""

from tracker.web.themes import index, links, listing, numbers, theme, unlinked, words
from tracker.web.themes.blueprint import bp

__all__ = ["bp", "index", "links", "listing", "numbers", "theme", "unlinked", "words"]
