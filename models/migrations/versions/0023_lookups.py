"""Indexes by which files, documents, drafts and rows of the audit are found among any number.

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_upload_files_linked_to", "upload_files", ["linked_to"]),
    ("ix_documents_upload_file_id", "documents", ["upload_file_id"]),
    ("ix_drafts_case_id_id", "drafts", ["case_id", "id"]),
    ("ix_drafts_customer_number", "drafts", ["customer_number"]),
    ("ix_audit_actor_id", "audit", ["actor", "id"]),
    ("ix_audit_action_id", "audit", ["action", "id"]),
)


def upgrade() -> None:
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(_INDEXES):
        op.drop_index(name, table)
