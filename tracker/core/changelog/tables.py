"""The two tables of the change log; how they are guarded against change stands in `triggers`.

They are plain tables without classes, so that no session can add, alter or delete an entry like a record.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, text

from tracker.core.database import Base

_Number = BigInteger().with_variant(Integer, "sqlite")

log_entry = Table(
    "log_entry",
    Base.metadata,
    # The number is the key: what names an entry is then covered by its seal.
    Column("number", _Number, primary_key=True, autoincrement=False),
    # Text, not a date type: the seal covers the very bytes that are stored, the same on every database.
    Column("at", String(27), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject_kind", String(63), nullable=False),
    Column("subject_id", String(200), nullable=False),
    Column("fields", Text, nullable=False),
    Column("payload_hash", String(64), nullable=False),
    Column("previous_hash", String(64), nullable=False, unique=True),
    Column("entry_hash", String(64), nullable=False, unique=True),
    CheckConstraint("number >= 1", name="number_from_one"),
)
Index("ix_log_entry_subject", log_entry.c.subject_kind, log_entry.c.subject_id)
# For reading who opened what, which most entries say nothing of.
_READ = text("act IN ('opened', 'exported', 'refused')")
Index("ix_log_entry_read", log_entry.c.at, sqlite_where=_READ, postgresql_where=_READ)

log_payload = Table(
    "log_payload",
    Base.metadata,
    Column("entry_number", _Number, ForeignKey("log_entry.number"), primary_key=True, autoincrement=False),
    Column("salt", String(32), nullable=False),
    # JSON kept as text: its hash covers the stored spelling, which a JSON type may change.
    Column("before", Text),
    Column("after", Text),
)
