"""Slips: the number of a returned case, the slips found in a file, and what became of joining.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from stdnum import luhn

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_FIRST = 100_000


def upgrade() -> None:
    op.add_column("cases", sa.Column("slip_number", sa.String(length=16), nullable=True))
    op.create_index(op.f("ix_cases_slip_number"), "cases", ["slip_number"], unique=True)
    op.add_column("uploads", sa.Column("joins", sa.String(length=26), nullable=True))
    op.add_column("uploads", sa.Column("joining", sa.String(length=16), nullable=True))
    op.add_column("upload_files", sa.Column("slips", sa.String(length=255), nullable=True))
    _number_returned_cases()


def _number_returned_cases() -> None:
    """Cases that were returned before there were slips get their numbers."""
    connection = op.get_bind()
    returned = connection.execute(sa.text("SELECT id FROM cases WHERE state = 'returned' ORDER BY id")).scalars().all()
    for count, case_id in enumerate(returned, start=1):
        digits = str(_FIRST + count)
        values = {"number": digits + str(luhn.calc_check_digit(digits)), "id": case_id}
        connection.execute(sa.text("UPDATE cases SET slip_number = :number WHERE id = :id"), values)
    if returned:
        connection.execute(sa.text("INSERT INTO counters (name, value) VALUES ('slip', :n)"), {"n": len(returned)})


def downgrade() -> None:
    op.drop_column("upload_files", "slips")
    op.drop_column("uploads", "joining")
    op.drop_column("uploads", "joins")
    op.drop_index(op.f("ix_cases_slip_number"), table_name="cases")
    op.drop_column("cases", "slip_number")
    op.execute("DELETE FROM counters WHERE name = 'slip'")
