"""Invitations, sessions, deputies and holders of posts; what the organisation sets for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Columns are added in plain SQL, which both databases take: making these tables anew would lose their checks on SQLite.
_PARTNER_IS_LEAD = "CONSTRAINT ck_role_grant_partner_is_lead CHECK (NOT is_partner OR role = 'lead')"
_COLUMNS = (
    ("person", "left_on", "DATE"),
    ("role_grant", "is_partner", f"BOOLEAN DEFAULT false NOT NULL {_PARTNER_IS_LEAD}"),
    ("organisation", "colour", "VARCHAR(7) DEFAULT '' NOT NULL"),
    ("organisation", "updates_open_days", "INTEGER DEFAULT 15 NOT NULL"),
    ("organisation", "mails_are_bare", "BOOLEAN DEFAULT false NOT NULL"),
)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    """Make the tables and add the columns."""
    for table, column, definition in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    _make_signing_in()
    _make_standing_in()


def _make_signing_in() -> None:
    op.create_table(
        "person_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_person_session_key_hash")),
    )
    op.create_index(op.f("ix_person_session_person_id"), "person_session", ["person_id"], unique=False)
    kinds = sa.Enum("invitation", "reset", name="invitation_kind", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)


def _make_standing_in() -> None:
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *_record(),
        sa.CheckConstraint("deputy_id <> person_id", name=op.f("ck_deputy_somebody_else")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_deputy_ends_after_start")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_deputy_deputy_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_deputy_id"), "deputy", ["deputy_id"], unique=False)
    op.create_index(op.f("ix_deputy_person_id"), "deputy", ["person_id"], unique=False)
    op.create_table(
        "post_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_post_holding_ends_after_start")),
        sa.ForeignKeyConstraint(["party_id"], ["lead_party.id"], name=op.f("fk_post_holding_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_holding_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    op.create_index(op.f("ix_post_holding_party_id"), "post_holding", ["party_id"], unique=False)
    op.create_index(op.f("ix_post_holding_person_id"), "post_holding", ["person_id"], unique=False)


def downgrade() -> None:
    """Take the tables and columns away with all they hold."""
    for table in ("post_holding", "deputy", "invitation", "person_session"):
        op.drop_table(table)
    for table, column, _ in reversed(_COLUMNS):
        op.drop_column(table, column)
