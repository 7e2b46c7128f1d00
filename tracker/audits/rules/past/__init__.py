"""Past audits as a file holds them, one row an audit: its columns, its words, what is doubtful; nothing is stored."""

from tracker.audits.rules.past.mapping import Field, PastMapping, mapping_from
from tracker.audits.rules.past.reading import PastReading, read_rows
from tracker.audits.rules.past.rows import Doubt, PastAudit, Refused

__all__ = ["Doubt", "Field", "PastAudit", "PastMapping", "PastReading", "Refused", "mapping_from", "read_rows"]
