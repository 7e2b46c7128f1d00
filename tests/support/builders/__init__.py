"""Makes the records that a test is about and names no others; one file a feature."""
