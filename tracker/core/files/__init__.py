"""Where files are kept under names of our own: a folder or an S3 bucket; what they are and who may see them is not."""

from tracker.core.files.comparing import Comparison, compare
from tracker.core.files.store import AlteredFileError, FileStore, StoredFile, open_store

__all__ = ["AlteredFileError", "Comparison", "FileStore", "StoredFile", "compare", "open_store"]
