"""Files on their way in, piece by piece.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partials",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("upload_id", sa.String(length=26), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_partials_upload_id_uploads")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_partials_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partials")),
    )
    op.create_index(op.f("ix_partials_touched_at"), "partials", ["touched_at"], unique=False)
    op.create_index(op.f("ix_partials_user_id_upload_id"), "partials", ["user_id", "upload_id"], unique=False)


def downgrade() -> None:
    op.drop_table("partials")
