"""Pages: signing in and out, and one's own settings."""

from tracker.web.people import held_words, joining, my_settings, notice_settings, own_sessions, sign_in
from tracker.web.people.blueprint import bp

__all__ = ["bp", "held_words", "joining", "my_settings", "notice_settings", "own_sessions", "sign_in"]
