"""A small picture beside each page's large one; pages that were read before have none.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("thumbnail", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("pages", "thumbnail")
