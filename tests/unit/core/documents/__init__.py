"""Tests of reading Word and PDF files."""
