"""Readers of files that fail in every way a reader can, to be run apart; what they are given does not matter."""
