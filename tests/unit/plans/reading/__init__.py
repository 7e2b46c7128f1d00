"""Tests of reading a published plan."""
