"""Tests of the core without a database."""
