"""The one way in which backing up and restoring say no; how an operator hears it is the command's."""


class BackupError(Exception):
    """A backup cannot be made, trusted or put in place; the message is one sentence for the operator."""
