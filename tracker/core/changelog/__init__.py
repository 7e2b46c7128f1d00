"""The change log: who changed which record and when, chained and sealed; it knows no council word."""

from tracker.core.changelog.actors import NOBODY, act_as, acting, current_actor
from tracker.core.changelog.checkpoints import Checkpoint, CheckpointError, checkpoint
from tracker.core.changelog.events import record_event
from tracker.core.changelog.guard import UnloggedWriteError
from tracker.core.changelog.listening import configure, digest_of, write_noted
from tracker.core.changelog.pending import Subject
from tracker.core.changelog.triggers import create_triggers, drop_triggers, missing_triggers
from tracker.core.changelog.verification import Verdict, verify
from tracker.core.changelog.watched import subject_of, unloggable
from tracker.core.changelog.writer import LogUnavailableError

__all__ = [
    "NOBODY",
    "Checkpoint",
    "CheckpointError",
    "LogUnavailableError",
    "Subject",
    "UnloggedWriteError",
    "Verdict",
    "act_as",
    "acting",
    "checkpoint",
    "configure",
    "create_triggers",
    "current_actor",
    "digest_of",
    "drop_triggers",
    "missing_triggers",
    "record_event",
    "subject_of",
    "unloggable",
    "verify",
    "write_noted",
]
