"""Places on a page that are read again at a reviewer's wish, and pictures with every pixel of a scan.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("full", sa.String(length=255), nullable=True))
    op.create_table(
        "region_readings",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("page_id", sa.String(length=26), nullable=False),
        sa.Column("region", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_region_readings_asked_by_users")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_region_readings_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_readings")),
    )


def downgrade() -> None:
    op.drop_table("region_readings")
    op.drop_column("pages", "full")
