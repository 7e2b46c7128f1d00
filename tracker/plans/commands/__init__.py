"""Changing plans, one noun a file: the only writers; the page or command that calls them commits."""
