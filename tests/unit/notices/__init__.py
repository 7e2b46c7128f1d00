"""Tests of the rules on notices."""
