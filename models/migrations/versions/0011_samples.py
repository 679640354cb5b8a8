"""Confirmed drafts that come back for a quality check, and which reader a decision was taken on.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("reader", sa.String(length=64), nullable=True))
    op.create_index("ix_decisions_field_reader_id", "decisions", ["field", "reader", "id"])
    op.create_table(
        "samples",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.String(length=26), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("reopened_as", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_samples_draft_id_drafts")),
        sa.ForeignKeyConstraint(["checked_by"], ["users.id"], name=op.f("fk_samples_checked_by_users")),
        sa.ForeignKeyConstraint(["reopened_as"], ["drafts.id"], name=op.f("fk_samples_reopened_as_drafts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samples")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_samples_draft_id")),
    )
    op.create_index("ix_samples_state_id", "samples", ["state", "id"])


def downgrade() -> None:
    op.drop_table("samples")
    op.drop_index("ix_decisions_field_reader_id", "decisions")
    op.drop_column("decisions", "reader")
