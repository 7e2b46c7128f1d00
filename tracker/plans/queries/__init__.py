"""Reading plans, one noun a file; nothing is written here."""
