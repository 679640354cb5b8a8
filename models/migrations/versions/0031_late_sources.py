"""What batches keep of sources that come late, again or not at all, and what people said of single pages.

Revision ID: 0031
Revises: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch_folders", sa.Column("directory", sa.String(length=1024), nullable=True))
    op.create_index(op.f("ix_batch_folders_batch_id_directory"), "batch_folders", ["batch_id", "directory"])
    op.add_column("batch_files", sa.Column("lies_at", sa.String(length=1024), nullable=True))
    op.add_column("batch_files", sa.Column("modified", sa.BigInteger(), nullable=True))
    op.add_column("batch_files", sa.Column("rejected", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_batch_files_batch_id_lies_at"), "batch_files", ["batch_id", "lies_at"])
    op.add_column("ledger_pages", sa.Column("said", sa.String(length=16), nullable=True))
    op.add_column("ledger_pages", sa.Column("opens", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("ledger_pages", "opens")
    op.drop_column("ledger_pages", "said")
    op.drop_index(op.f("ix_batch_files_batch_id_lies_at"), "batch_files")
    op.drop_column("batch_files", "rejected")
    op.drop_column("batch_files", "modified")
    op.drop_column("batch_files", "lies_at")
    op.drop_index(op.f("ix_batch_folders_batch_id_directory"), "batch_folders")
    op.drop_column("batch_folders", "directory")
