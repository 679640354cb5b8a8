"""Packages of batches that the portal hands over.

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MAKING = sa.text("state = 'making'")


def upgrade() -> None:
    op.create_table(
        "batch_packages",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("error_code", sa.String(length=64), nullable=True),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_packages_batch_id_batches")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_batch_packages_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_packages")),
    )
    op.create_index(op.f("ix_batch_packages_batch_id_id"), "batch_packages", ["batch_id", "id"])
    op.create_index(
        "uq_batch_packages_one_made",
        "batch_packages",
        ["batch_id"],
        unique=True,
        sqlite_where=_MAKING,
        postgresql_where=_MAKING,
    )


def downgrade() -> None:
    op.drop_table("batch_packages")
