"""The invented council: reads `seeds/` and tells its past through the features' commands, each on its own day."""

from tracker.cli.demonstration.diary import tell
from tracker.cli.demonstration.story import begin

__all__ = ["begin", "tell"]
