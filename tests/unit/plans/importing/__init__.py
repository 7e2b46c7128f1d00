"""Tests of what a person answers about a plan that is coming in."""
