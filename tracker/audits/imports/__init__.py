"""Files of past audits on their way in; what their words mean is a rule, storing them a command."""

from tracker.audits.imports.past_audits import PastFile, bring_in, read_past_file

__all__ = ["PastFile", "bring_in", "read_past_file"]
