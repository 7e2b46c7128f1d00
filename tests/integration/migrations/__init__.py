"""Tests of the chain of migrations on both databases."""
