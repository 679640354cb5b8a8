"""The marks by which like customer files are found, which customer a person picked for a case, and what is worked out.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("customer_choice", sa.String(length=32), nullable=True))
    op.create_table(
        "customer_marks",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("customer_number", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_number"], ["customers.number"], name=op.f("fk_customer_marks_customer_number_customers")
        ),
        sa.PrimaryKeyConstraint("mark", "customer_number", name=op.f("pk_customer_marks")),
    )
    op.create_index(op.f("ix_customer_marks_customer_number"), "customer_marks", ["customer_number"])
    op.create_table(
        "derived",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_derived")),
    )


def downgrade() -> None:
    op.drop_table("derived")
    op.drop_table("customer_marks")
    op.drop_column("cases", "customer_choice")
