"""The indexes of the queue, and whose work a draft is meant to be.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_QUEUE = ["state", "id", "types", "errors", "doubtful", "assigned_to", "round", "version"]
_PARTS = (
    ("ix_drafts_unclaimed", ["assigned_to", "id"], "state = 'open' AND claimed_by IS NULL"),
    ("ix_drafts_claimed", ["claimed_until", "claimed_by"], "state = 'open' AND claimed_by IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("drafts", sa.Column("assigned_to", sa.String(length=26), nullable=True))
    op.drop_index("ix_drafts_state_id", "drafts")
    op.create_index("ix_drafts_queue", "drafts", _QUEUE)
    for name, columns, where in _PARTS:
        op.create_index(name, "drafts", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name in ("ix_drafts_claimed", "ix_drafts_unclaimed", "ix_drafts_queue"):
        op.drop_index(name, "drafts")
    op.create_index("ix_drafts_state_id", "drafts", ["state", "id"])
    op.drop_column("drafts", "assigned_to")
