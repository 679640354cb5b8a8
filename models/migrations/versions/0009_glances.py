"""What the first look at a file told.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glances",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("upload_file_id", sa.String(length=26), nullable=False),
        sa.Column("page_index", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("complaints", sa.JSON(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=True),
        sa.Column("type_confidence", sa.Double(), nullable=False),
        sa.Column("upright", sa.Boolean(), nullable=True),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_file_id"], ["upload_files.id"], name=op.f("fk_glances_upload_file_id_upload_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glances")),
        sa.UniqueConstraint(
            "upload_file_id", "page_index", "sheet", name=op.f("uq_glances_upload_file_id_page_index_sheet")
        ),
    )


def downgrade() -> None:
    op.drop_table("glances")
