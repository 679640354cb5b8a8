"""What machines tell of each page's scan, kept when it is read.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("measures", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("pages", "measures")
