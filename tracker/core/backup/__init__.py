"""Copies of a whole installation that can be proved, and putting one back; it knows no council word and asks nobody."""

from tracker.core.backup.archive import ArchiveWriter, Backup, reading, writing
from tracker.core.backup.manifest import FILES, Manifest, Part
from tracker.core.backup.refusals import BackupError

__all__ = ["FILES", "ArchiveWriter", "Backup", "BackupError", "Manifest", "Part", "reading", "writing"]
