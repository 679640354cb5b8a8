"""Whose tours an account has gone or skipped.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("toured", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "toured")
