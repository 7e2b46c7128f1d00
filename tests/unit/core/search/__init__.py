"""Tests of the mechanism of searching that need no application."""
