"""Files that arrive from outside: read with limits and known by their content; where they are kept is `core.files`'."""

from tracker.core.uploads.checking import LARGEST, Upload, checked_upload
from tracker.core.uploads.kinds import EVIDENCE, WORKBOOK, Kind
from tracker.core.uploads.names import safe_name

__all__ = ["EVIDENCE", "LARGEST", "WORKBOOK", "Kind", "Upload", "checked_upload", "safe_name"]
