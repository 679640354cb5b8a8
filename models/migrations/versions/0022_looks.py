"""What a look at a file told before it was handed in.

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partials", sa.Column("looks", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("partials", "looks")
