"""How long each stage of reading a file took.

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload_files", sa.Column("seconds", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("upload_files", "seconds")
