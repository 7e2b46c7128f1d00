"""Tests of the rules by which the words and links of a plan are checked."""
