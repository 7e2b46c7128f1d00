"""The contents of versions and how they differ."""
