"""Numbers of cases: each has one from its beginning, those that are there get theirs.

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op
from stdnum import luhn

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_FIRST = 100_000
_AT_ONCE = 5_000


def upgrade() -> None:
    connection = op.get_bind()
    count = connection.scalar(sa.text("SELECT value FROM counters WHERE name = 'slip'")) or 0
    for cases in _unnumbered(connection):
        rows = []
        for case_id in cases:
            count += 1
            digits = str(_FIRST + count)
            rows.append({"id": case_id, "number": digits + str(luhn.calc_check_digit(digits))})
        connection.execute(sa.text("UPDATE cases SET slip_number = :number WHERE id = :id"), rows)
    connection.execute(sa.text("DELETE FROM counters WHERE name = 'slip'"))
    if connection.dialect.name == "postgresql":
        op.execute(f"CREATE SEQUENCE case_numbers START {count + 1}")
    else:
        connection.execute(sa.text("INSERT INTO counters (name, value) VALUES ('slip', :count)"), {"count": count})


def _unnumbered(connection: sa.Connection) -> Iterator[Sequence[str]]:
    """The cases without a number in their order, some at a time; each lot is asked for once the former has its own."""
    some = sa.text("SELECT id FROM cases WHERE slip_number IS NULL ORDER BY id LIMIT :most")
    while found := connection.execute(some, {"most": _AT_ONCE}).scalars().all():
        yield found


def downgrade() -> None:
    """The numbers stay: papers and people name them."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("INSERT INTO counters (name, value) SELECT 'slip', nextval('case_numbers')"),
        )
        op.execute("DROP SEQUENCE case_numbers")
