"""How long words are kept that nobody has saved yet; what is saved is a record, and its keeping stands elsewhere."""

from datetime import timedelta

DRAFTS_KEPT = timedelta(days=30)
WORKBOOKS_KEPT = timedelta(minutes=60)
REIMPORTS_KEPT = timedelta(days=7)
