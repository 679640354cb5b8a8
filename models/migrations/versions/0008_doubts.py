"""Doubtful readings of open drafts by kind; drafts that were made before get theirs with their next version.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("fact", sa.String(length=64), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(length=26), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_doubts_draft_id_drafts")),
        sa.ForeignKeyConstraint(["leased_by"], ["users.id"], name=op.f("fk_doubts_leased_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sa.UniqueConstraint("draft_id", "fact", name=op.f("uq_doubts_draft_id_fact")),
    )
    op.create_index("ix_doubts_kind_id", "doubts", ["kind", "id"])


def downgrade() -> None:
    op.drop_table("doubts")
