"""The invented council: reads `seeds/`, tells its past through the features' commands, and takes it away again."""

from tracker.cli.demonstration.clearing import Held, clear, held
from tracker.cli.demonstration.diary import tell
from tracker.cli.demonstration.story import begin

__all__ = ["Held", "begin", "clear", "held", "tell"]
