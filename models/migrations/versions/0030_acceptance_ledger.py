"""What an acceptance was signed over: the pages as they stood, beside the sources.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch_acceptances", sa.Column("ledger", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("batch_acceptances", "ledger")
