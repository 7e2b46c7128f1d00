"""Tests of the databases that the other integration tests stand on."""
