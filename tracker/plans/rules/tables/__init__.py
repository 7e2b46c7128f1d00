"""Reading a plan from tables whose cells are known, as in Word, Excel and CSV, by the words of their headings."""

from tracker.plans.rules.tables.document import Document, Row, Sheet, Text, document_from
from tracker.plans.rules.tables.fields import Field
from tracker.plans.rules.tables.mapping import MOST_COLUMNS, Mapping, mapping_from
from tracker.plans.rules.tables.scan import Progress, no_progress, scan_tables

__all__ = [
    "MOST_COLUMNS",
    "Document",
    "Field",
    "Mapping",
    "Progress",
    "Row",
    "Sheet",
    "Text",
    "document_from",
    "mapping_from",
    "no_progress",
    "scan_tables",
]
