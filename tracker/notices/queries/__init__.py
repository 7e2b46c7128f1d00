"""Reading what people must be told, what waits for the programme office, and the outbox; nothing is written here."""
