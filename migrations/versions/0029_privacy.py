"""Reading who opened what: an index of the log's entries that say so."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_READ = sa.text("act IN ('opened', 'exported', 'refused')")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_log_entry_read", "log_entry", ["at"], sqlite_where=_READ, postgresql_where=_READ)


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_log_entry_read", "log_entry")
