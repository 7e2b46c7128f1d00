"""Actions that are superseded or came back, the review of what is on hold, why links end, and mentions."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STATES = ("agreed", "in_progress", "claimed", "on_hold", "complete", "embedded", "withdrawn")
_DECISIONS = ("complete", "embedded", "withdrawn", "on_hold", "resumed", "reopened")
_SOURCES = ("update", "sign_off", "evidence", "step", "asked", "decided", "link", "ended")
_LINKS = ("cross_reference", "depends_on")
_CHECKS = (
    ("action", "ck_action_action_state", "state", _STATES, ("superseded",)),
    ("sign_off", "ck_sign_off_sign_off_kind", "kind", _DECISIONS, ("superseded", "came_back")),
    ("action_link", "ck_action_link_link_kind", "kind", _LINKS, ("replaced_by",)),
)
# Columns are added in plain SQL, which both databases take.
_DECIDED_BY = "INTEGER CONSTRAINT fk_action_link_decided_by_id REFERENCES person (id)"
_COLUMNS = (
    ("sign_off", "review_on", "DATE"),
    ("action_link", "ended_why", "TEXT DEFAULT '' NOT NULL"),
    ("action_link", "decided_by_id", _DECIDED_BY),
)
# What the words of this revision become when it is taken back.
_BEFORE = (
    "UPDATE action SET state = 'withdrawn' WHERE state = 'superseded'",
    "UPDATE sign_off SET kind = 'withdrawn' WHERE kind = 'superseded'",
    "UPDATE sign_off SET kind = 'complete' WHERE kind = 'came_back'",
    "UPDATE action_link SET kind = 'cross_reference' WHERE kind = 'replaced_by'",
)


def upgrade() -> None:
    """Take in the new words, and add the columns."""
    for table, name, column, old, new in _CHECKS:
        _allow(table, name, column, (*old, *new))
    for table, column, definition in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    op.add_column("action_link", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    _make_mentions()


def _make_mentions() -> None:
    sources = sa.Enum(*_SOURCES, name="mentioned_in", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("source", sources, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("meant_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_mention_action_id")),
        sa.ForeignKeyConstraint(["meant_id"], ["action.id"], name=op.f("fk_mention_meant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("source", "record", "number", name=op.f("uq_mention_source_record_number")),
    )
    op.create_index(op.f("ix_mention_action_id"), "mention", ["action_id"], unique=False)
    op.create_index(op.f("ix_mention_meant_id"), "mention", ["meant_id"], unique=False)


def downgrade() -> None:
    """Say it in the words of before: superseded is withdrawn, what came back is complete; mentions go, words stay."""
    op.drop_table("mention")
    for statement in _BEFORE:
        op.execute(statement)
    for table, name, column, old, _ in _CHECKS:
        _allow(table, name, column, old)
    for table, column in [("action_link", "decided_at"), *((one[0], one[1]) for one in reversed(_COLUMNS))]:
        with op.batch_alter_table(table, copy_from=_with_checks(table)) as batch:
            batch.drop_column(column)


def _allow(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    """Keep a column to some words; SQLite changes a check only by making the table anew."""
    condition = f"{column} IN ({', '.join(repr(value) for value in values)})"
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(table, copy_from=_with_checks(table, {name: condition}), recreate="always"):
            pass
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, condition)


def _with_checks(table: str, other: dict[str, str] | None = None) -> sa.Table:
    """Return a table as it is, with another condition for the checks of some names."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    for check in [one for one in found.constraints if isinstance(one, sa.CheckConstraint)]:
        condition = (other or {}).get(str(check.name))
        if condition is not None:
            found.constraints.remove(check)
            found.append_constraint(sa.CheckConstraint(condition, name=op.f(str(check.name))))
    return found
