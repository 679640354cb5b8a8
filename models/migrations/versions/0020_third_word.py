"""A third person's word where two keyed a blind fact differently, which the database itself demands.

A draft cannot be committed as confirmed while a second person's word on its version, standing or taken back, gives a
blind fact another value than the first's, and no third person's word stands.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "drafts_third_word"

_REFUSED = """
    NEW.state = 'confirmed'
    AND NOT EXISTS (
        SELECT 1 FROM rounds AS third WHERE third.draft_id = NEW.id AND third.version = NEW.version
        AND third.number = 3 AND third.withdrawn_at IS NULL)
    AND EXISTS (
        SELECT 1 FROM rounds AS one
        JOIN rounds AS two ON two.draft_id = one.draft_id AND two.version = one.version AND two.number = 2
        CROSS JOIN {each_blind}
        WHERE one.draft_id = NEW.id AND one.version = NEW.version AND one.number = 1 AND one.withdrawn_at IS NULL
        AND {first} {differs} {second})
"""
"""What is refused, but for the functions that take JSON apart: those each database has of its own."""

_SQLITE = {
    "each_blind": "json_each(one.blind) AS fact",
    "said": "(SELECT json_extract(word.value, '$.value') FROM json_each({round}.words) AS word"
    " WHERE json_extract(word.value, '$.fact') = fact.value)",
    "differs": "IS NOT",
}
_POSTGRESQL = {
    "each_blind": "json_array_elements_text(one.blind) AS fact(value)",
    "said": "(SELECT word.value ->> 'value' FROM json_array_elements({round}.words) AS word(value)"
    " WHERE word.value ->> 'fact' = fact.value)",
    "differs": "IS DISTINCT FROM",
}


def _refused(words: dict[str, str]) -> str:
    first, second = (words["said"].format(round=name) for name in ("one", "two"))
    return _REFUSED.format(each_blind=words["each_blind"], differs=words["differs"], first=first, second=second)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON drafts FOR EACH ROW WHEN {_refused(_SQLITE)} "
            f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_refused(_POSTGRESQL)} THEN "
        f"RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"CREATE TRIGGER {NAME} BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION {NAME}()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
        return
    op.execute(f"DROP TRIGGER {NAME} ON drafts")
    op.execute(f"DROP FUNCTION {NAME}()")
