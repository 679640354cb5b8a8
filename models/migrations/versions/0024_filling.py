"""How far what is worked out of other rows is, while it is being filled.

Revision ID: 0024
Revises: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("derived", sa.Column("reached", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_column("derived", "reached")
