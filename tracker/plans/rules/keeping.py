"""How long words are kept that nobody has saved yet; what is saved is a record, and its keeping stands elsewhere."""

from datetime import timedelta

DRAFTS_KEPT = timedelta(days=30)
WORKBOOKS_KEPT = timedelta(minutes=60)
REIMPORTS_KEPT = timedelta(days=7)
IMPORTS_KEPT = timedelta(days=14)
# How long a plan that came in can be taken back whole, while nobody has worked on it (ux 7).
IMPORTS_UNDONE = timedelta(days=30)
