"""Tests of reading inspection reports."""
