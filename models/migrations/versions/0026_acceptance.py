"""Acceptance of batches: checks, samples and signed verdicts, which stand once they are signed.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_SAMPLE = "FROM acceptance_pages WHERE acceptance_id = NEW.id"
_NOT_JUDGED = f"""
    NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (
        OLD.state <> 'sampled' OR NEW.signed_by IS NULL OR NEW.signed_at IS NULL
        OR (SELECT count(*) {_SAMPLE}) < NEW.drawn
        OR EXISTS (SELECT 1 {_SAMPLE} AND (judged_at IS NULL OR matched IS NULL OR NOT matched))
        OR (SELECT count(*) {_SAMPLE} AND position <= NEW.sample AND fault IS NOT NULL) > NEW.accept)
"""
_SIGNED = "(SELECT state FROM batch_acceptances WHERE id = OLD.acceptance_id) IN ('accepted', 'refused')"

# name, when, on which table, in which case it is refused
_RULES = (
    ("batch_acceptances_judged", "UPDATE", "batch_acceptances", _NOT_JUDGED),
    ("batch_acceptances_not_born", "INSERT", "batch_acceptances", "NEW.state <> 'checking'"),
    ("batch_acceptances_stand", "UPDATE", "batch_acceptances", "OLD.state IN ('accepted', 'refused')"),
    ("batch_acceptances_kept", "DELETE", "batch_acceptances", "1 = 1"),
    ("acceptance_pages_stand", "UPDATE", "acceptance_pages", _SIGNED),
    ("acceptance_pages_kept", "DELETE", "acceptance_pages", "1 = 1"),
)


def upgrade() -> None:
    op.create_table(
        "batch_acceptances",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("aql", sa.String(length=8), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=True),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("accept", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("let_stand", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.String(length=26), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_acceptances_batch_id_batches")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_batch_acceptances_created_by_users")),
        sa.ForeignKeyConstraint(["signed_by"], ["users.id"], name=op.f("fk_batch_acceptances_signed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_acceptances")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_batch_acceptances_batch_id_number")),
    )
    op.create_table(
        "acceptance_pages",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("acceptance_id", sa.String(length=26), nullable=False),
        sa.Column("ledger_page_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=True),
        sa.Column("fault", sa.String(length=16), nullable=True),
        sa.Column("judged_by", sa.String(length=26), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acceptance_id"],
            ["batch_acceptances.id"],
            name=op.f("fk_acceptance_pages_acceptance_id_batch_acceptances"),
        ),
        sa.ForeignKeyConstraint(["judged_by"], ["users.id"], name=op.f("fk_acceptance_pages_judged_by_users")),
        sa.ForeignKeyConstraint(
            ["ledger_page_id"], ["ledger_pages.id"], name=op.f("fk_acceptance_pages_ledger_page_id_ledger_pages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_pages")),
        sa.UniqueConstraint(
            "acceptance_id", "ledger_page_id", name=op.f("uq_acceptance_pages_acceptance_id_ledger_page_id")
        ),
    )
    op.create_index(
        op.f("ix_acceptance_pages_acceptance_id_position"), "acceptance_pages", ["acceptance_id", "position"]
    )
    for rule in _RULES:
        _enforce(*rule)


def downgrade() -> None:
    op.drop_table("acceptance_pages")
    op.drop_table("batch_acceptances")
    if op.get_bind().dialect.name != "sqlite":
        for name, _when, _table, _refused in _RULES:
            op.execute(f"DROP FUNCTION {name}()")


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
