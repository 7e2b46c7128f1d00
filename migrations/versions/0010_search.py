"""What search finds: indexes of words beside the tables, kept by the database itself."""

from alembic import op

from tracker.core.search import create_index, drop_index, prepare_words, remove_words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The words of evidence are indexed by revision 0011, which gives them their columns.
_INDEXES = {
    "plan": ("title", "scope_note"),
    "area": ("title",),
    "action": ("title",),
    "milestone": ("title",),
    "objective": ("text",),
    "outcome": ("text",),
    "plan_measure": ("text",),
    "inspection_item": ("heading", "words"),
    "lead_party": ("name", "post"),
    "progress_update": ("happened", "why", "doing", "ask"),
    "theme": ("name", "synonyms"),
    "finding": ("text",),
    "person": ("name", "post", "email"),
}


def upgrade() -> None:
    """Make the indexes out of what is stored."""
    prepare_words(op.get_bind())
    for table, columns in _INDEXES.items():
        create_index(op.get_bind(), table, columns)


def downgrade() -> None:
    """Take the indexes away; what they were made from stays."""
    for table in _INDEXES:
        drop_index(op.get_bind(), table)
    remove_words(op.get_bind())
