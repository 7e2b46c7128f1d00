"""Writing notices: into the outbox, on their way, and how people want to be told; nothing is sent here."""
