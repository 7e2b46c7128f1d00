"""Tests of the benchmark: that it loads what it says and can time it."""
