"""More people than one on a draft, which the database itself enforces.

A draft that needs more than one person can be committed as confirmed only when so many different people have a round on
its version; how many it needs never becomes less; rounds are neither changed nor deleted.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PEOPLE = (
    "(SELECT count(DISTINCT user_id) FROM rounds"
    " WHERE draft_id = NEW.id AND version = NEW.version AND withdrawn_at IS NULL)"
)
_KEPT = "draft_id, version, number, user_id, words, acknowledged, blind, at"
_CONFIRMED = "(SELECT state FROM drafts WHERE id = OLD.draft_id) = 'confirmed'"

# name, when, on which table, in which case it is refused
_RULES = (
    (
        "drafts_enough_people",
        "UPDATE",
        "drafts",
        f"NEW.state = 'confirmed' AND NEW.people > 1 AND NEW.people > {_PEOPLE}",
    ),
    ("drafts_never_fewer_people", "UPDATE", "drafts", "NEW.people < OLD.people"),
    ("drafts_not_born_confirmed", "INSERT", "drafts", "NEW.state = 'confirmed' AND NEW.people > 1"),
    ("rounds_never_changed", f"UPDATE OF {_KEPT}", "rounds", "1 = 1"),
    ("rounds_stand_once_confirmed", "UPDATE", "rounds", _CONFIRMED),
    ("rounds_never_deleted", "DELETE", "rounds", "1 = 1"),
)


def upgrade() -> None:
    op.add_column("drafts", sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("drafts", sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("acknowledged", sa.JSON(), nullable=False),
        sa.Column("blind", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_rounds_number")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_rounds_draft_id_drafts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rounds_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    for name, column in (("uq_rounds_one_per_number", "number"), ("uq_rounds_one_per_person", "user_id")):
        op.create_index(
            name,
            "rounds",
            ["draft_id", "version", column],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
    for rule in _RULES:
        _enforce(*rule)


def downgrade() -> None:
    for name, _when, table, _refused in _RULES:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("rounds")
    op.drop_column("drafts", "people")
    op.drop_column("drafts", "round")


def _enforce(name: str, when: str, table: str, refused: str) -> None:
    """Refuse what a rule refuses, as a violated constraint, in the words of either database."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        return
    row = "OLD" if when == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {refused} THEN "
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF; RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
