"""How far the originals of an acceptance were hashed anew, and which of them were not whole.

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch_acceptances", sa.Column("hashed", sa.String(length=64), nullable=True))
    op.add_column("batch_acceptances", sa.Column("damaged", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("batch_acceptances", "damaged")
    op.drop_column("batch_acceptances", "hashed")
