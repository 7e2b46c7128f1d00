"""Tests of the rules by which a later version of a plan is compared."""
