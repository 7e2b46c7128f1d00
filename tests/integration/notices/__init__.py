"""Tests of notices with the database, the pages and a real mail server."""
