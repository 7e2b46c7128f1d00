"""Tests of the core against real databases."""
