"""Attacks on the running service and on its code: each one that was tried stays here as a test."""
