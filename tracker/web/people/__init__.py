"""Pages: signing in and out, and one's own settings."""

from tracker.web.people import my_settings, sign_in
from tracker.web.people.blueprint import bp

__all__ = ["bp", "my_settings", "sign_in"]
