"""Tests of what the other tests lean on."""
