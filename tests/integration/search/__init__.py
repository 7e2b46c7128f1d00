"""Tests of searching and jumping through pages, on both databases."""
