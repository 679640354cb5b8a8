"""What reviewing takes, and the index of what people made of what was read.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_READ = "read_value IS NOT NULL"

_EARLIER = """
INSERT INTO efforts (id, draft_id, user_id, outcome, at, papers, papers_untouched, facts, untouched)
SELECT d.id, d.id, d.settled_by, d.state, d.settled_at, COUNT(DISTINCT n.document_id),
  COUNT(DISTINCT n.document_id) - COUNT(DISTINCT CASE WHEN n.action <> 'accept'
    AND (n.read_value IS NOT NULL OR n.action <> 'omit') THEN n.document_id END),
  COALESCE(SUM(CASE WHEN n.read_value IS NOT NULL OR n.action <> 'omit' THEN 1 ELSE 0 END), 0),
  COALESCE(SUM(CASE WHEN n.action = 'accept' THEN 1 ELSE 0 END), 0)
FROM drafts d LEFT JOIN decisions n ON n.draft_id = d.id
WHERE d.state IN ('confirmed', 'returned', 'discarded') AND d.settled_by IS NOT NULL AND d.settled_at IS NOT NULL
GROUP BY d.id, d.settled_by, d.state, d.settled_at
"""


def upgrade() -> None:
    op.create_table(
        "efforts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("papers", "papers_untouched", "facts")),
        sa.Column("untouched", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("seconds", "keystrokes", "pointer_moves")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_efforts_draft_id_drafts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_efforts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_efforts")),
    )
    op.create_index("ix_efforts_at", "efforts", ["at"])
    op.create_index("ix_efforts_draft_id", "efforts", ["draft_id"])
    op.execute(_EARLIER)
    columns = ["decided_at", "fact", "action", "read_confidence"]
    op.create_index(
        "ix_decisions_judged", "decisions", columns, sqlite_where=sa.text(_READ), postgresql_where=sa.text(_READ)
    )


def downgrade() -> None:
    op.drop_index("ix_decisions_judged", "decisions")
    op.drop_table("efforts")
