"""Tests of the commands an operator types."""
