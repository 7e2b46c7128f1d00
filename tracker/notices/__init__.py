"""Notices: who must be told what, on which day, and what became of each mail; no page is here."""
