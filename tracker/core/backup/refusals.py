"""The one way in which backing up and restoring say no; how an operator hears it is the command's."""

IN_USE = "Somebody uses the database: stop the service and its timers first, then try again."


class BackupError(Exception):
    """A backup cannot be made, trusted or put in place; the message is one sentence for the operator."""
