"""Documents put together otherwise by people, edit by edit; pages turned upright and read again.

Columns and tables are added only: a table that others refer to cannot be rebuilt on SQLite while it holds rows.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("target_id", sa.String(length=26), nullable=True),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("part_of", sa.String(length=26), nullable=True),
        sa.Column("retired", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("pages_before", sa.JSON(), nullable=False),
        sa.Column("pages_after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_edits_case_id_cases")),
        sa.ForeignKeyConstraint(["part_of"], ["edits.id"], name=op.f("fk_edits_part_of_edits")),
        sa.ForeignKeyConstraint(["target_id"], ["cases.id"], name=op.f("fk_edits_target_id_cases")),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f("fk_edits_undone_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_edits_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
    )
    op.create_index("ix_edits_case_id_id", "edits", ["case_id", "id"])
    op.create_index(op.f("ix_edits_target_id"), "edits", ["target_id"])
    op.create_table(
        "turned_texts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("page_id", sa.String(length=26), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_turned_texts_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turned_texts")),
        sa.UniqueConstraint(
            "page_id", "turn", "sheet", "reader", name=op.f("uq_turned_texts_page_id_turn_sheet_reader")
        ),
    )
    op.add_column("pages", sa.Column("turned", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("documents", sa.Column("parts", sa.JSON(), nullable=True))
    op.add_column("documents", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("documents", sa.Column("retired_by", sa.String(length=26), nullable=True))
    op.add_column("documents", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("retired_at", "retired_by", "place", "parts"):
        op.drop_column("documents", column)
    op.drop_column("pages", "turned")
    op.drop_table("turned_texts")
    op.drop_table("edits")
