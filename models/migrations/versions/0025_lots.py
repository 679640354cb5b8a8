"""Lots of drafts that are confirmed by a named person's judgement of a sample, which the database itself enforces.

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_QUEUE = ["state", "id", "types", "errors", "doubtful", "assigned_to", "round", "version"]
_JUDGED = ["decided_at", "fact", "action", "read_confidence"]
_SETTLED = "(SELECT state FROM batch_lots WHERE id = OLD.lot_id) IN ('accepted', 'refused')"
_IN_LOT = "FROM batch_lot_drafts WHERE lot_id = NEW.id AND position IS NOT NULL"
_NOT_ACCEPTED = """
    NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND NEW.lot_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM batch_lots AS lot JOIN batch_lot_drafts AS own ON own.lot_id = lot.id
        WHERE lot.id = NEW.lot_id AND own.draft_id = NEW.id AND lot.state = 'accepted'
        AND lot.judge_id = NEW.settled_by AND own.version = NEW.version
        AND (own.position IS NULL OR own.verdict = 'right'))
"""
_NOT_JUDGED = f"""
    NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (
        OLD.state <> 'drawn' OR NEW.judge_id IS NULL OR NEW.drawn < 1
        OR (SELECT count(*) {_IN_LOT}) < NEW.drawn
        OR EXISTS (SELECT 1 {_IN_LOT} AND outcome IS NULL AND (verdict IS NULL OR judged_by <> NEW.judge_id))
        OR (SELECT count(*) {_IN_LOT} AND position <= NEW.sample AND (verdict IS NULL OR verdict <> 'right'))
            > NEW.accept)
"""

# name, when, on which table, in which case it is refused
_RULES = (
    (
        "drafts_lot_accepted",
        "UPDATE",
        "drafts",
        _NOT_ACCEPTED,
    ),
    (
        "batch_lots_sample_judged",
        "UPDATE",
        "batch_lots",
        _NOT_JUDGED,
    ),
    ("batch_lots_not_born_accepted", "INSERT", "batch_lots", "NEW.state = 'accepted'"),
    ("batch_lots_stand", "UPDATE", "batch_lots", "OLD.state IN ('accepted', 'refused')"),
    ("batch_lots_never_deleted", "DELETE", "batch_lots", "1 = 1"),
    (
        "batch_lot_drafts_stand",
        "UPDATE OF lot_id, draft_id, version, position, verdict, wrong, judged_by, judged_at",
        "batch_lot_drafts",
        _SETTLED,
    ),
    ("batch_lot_drafts_never_deleted", "DELETE", "batch_lot_drafts", "1 = 1"),
)


def upgrade() -> None:
    op.create_table(
        "batch_lots",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("aql", sa.String(length=8), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=True),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("accept", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=26), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judge_id", sa.String(length=26), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_lots_batch_id_batches")),
        sa.ForeignKeyConstraint(["drawn_by"], ["users.id"], name=op.f("fk_batch_lots_drawn_by_users")),
        sa.ForeignKeyConstraint(["judge_id"], ["users.id"], name=op.f("fk_batch_lots_judge_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_lots")),
    )
    op.create_index(op.f("ix_batch_lots_batch_id_id"), "batch_lots", ["batch_id", "id"])
    gathering = sa.text("state = 'gathering'")
    op.create_index(
        "uq_batch_lots_one_gathering",
        "batch_lots",
        ["batch_id"],
        unique=True,
        sqlite_where=gathering,
        postgresql_where=gathering,
    )
    _drafts_of_lots()
    op.add_column("drafts", sa.Column("lot_id", sa.String(length=26), nullable=True))
    op.add_column("decisions", sa.Column("lot_id", sa.String(length=26), nullable=True))
    _indexes([*_QUEUE, "lot_id"], " AND lot_id IS NULL")
    _part("ix_drafts_in_lot", "drafts", ["lot_id", "id"], "lot_id IS NOT NULL")
    for rule in _RULES:
        _enforce(*rule)


def _drafts_of_lots() -> None:
    op.create_table(
        "batch_lot_drafts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("lot_id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("judged_by", sa.String(length=26), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_batch_lot_drafts_draft_id_drafts")),
        sa.ForeignKeyConstraint(["judged_by"], ["users.id"], name=op.f("fk_batch_lot_drafts_judged_by_users")),
        sa.ForeignKeyConstraint(["lot_id"], ["batch_lots.id"], name=op.f("fk_batch_lot_drafts_lot_id_batch_lots")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_lot_drafts")),
        sa.UniqueConstraint("lot_id", "draft_id", name=op.f("uq_batch_lot_drafts_lot_id_draft_id")),
    )
    op.create_index(op.f("ix_batch_lot_drafts_draft_id"), "batch_lot_drafts", ["draft_id"])
    op.create_index(op.f("ix_batch_lot_drafts_lot_id_outcome_id"), "batch_lot_drafts", ["lot_id", "outcome", "id"])


def downgrade() -> None:
    for name, _when, table, _refused in _RULES:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_index("ix_drafts_in_lot", "drafts")
    _indexes(_QUEUE, "")
    op.drop_column("decisions", "lot_id")
    op.drop_column("drafts", "lot_id")
    op.drop_table("batch_lot_drafts")
    op.drop_table("batch_lots")


def _indexes(queue: list[str], free: str) -> None:
    """The indexes of the queue and of what was judged, made anew: drafts of lots are no part of either."""
    for name, table in (
        ("ix_drafts_queue", "drafts"),
        ("ix_drafts_unclaimed", "drafts"),
        ("ix_decisions_judged", "decisions"),
    ):
        op.drop_index(name, table)
    op.create_index("ix_drafts_queue", "drafts", queue)
    _part("ix_drafts_unclaimed", "drafts", ["assigned_to", "id"], f"state = 'open' AND claimed_by IS NULL{free}")
    _part("ix_decisions_judged", "decisions", _JUDGED, f"read_value IS NOT NULL{free}")


def _part(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


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
