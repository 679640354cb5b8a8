"""Batches of legacy archives: folders, sources, items, the ledger of pages, exceptions.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("root", sa.String(length=1024), nullable=False),
        sa.Column("boundaries", sa.String(length=16), nullable=False),
        sa.Column("move", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason_code", sa.String(length=64), nullable=True),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_batches_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index(op.f("ix_batches_state"), "batches", ["state"])
    op.create_table(
        "batch_folders",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("box", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=1024), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archival_number", sa.String(length=255), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("expected_pages", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_folders_batch_id_batches")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_batch_folders_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_folders")),
        sa.UniqueConstraint("batch_id", "name", name=op.f("uq_batch_folders_batch_id_name")),
        sa.UniqueConstraint("case_id", name=op.f("uq_batch_folders_case_id")),
    )
    op.create_index(op.f("ix_batch_folders_batch_id_position"), "batch_folders", ["batch_id", "position"])
    op.create_table(
        "batch_items",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("folder_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_items_batch_id_batches")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_batch_items_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["batch_folders.id"], name=op.f("fk_batch_items_folder_id_batch_folders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_items")),
        sa.UniqueConstraint("case_id", name=op.f("uq_batch_items_case_id")),
        sa.UniqueConstraint("folder_id", "number", name=op.f("uq_batch_items_folder_id_number")),
    )
    op.create_index(op.f("ix_batch_items_batch_id_id"), "batch_items", ["batch_id", "id"])
    op.create_table(
        "batch_files",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("folder_id", sa.String(length=26), nullable=False),
        sa.Column("path", sa.String(length=1024), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stack", sa.String(length=8), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=64), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("upload_file_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_files_batch_id_batches")),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["batch_folders.id"], name=op.f("fk_batch_files_folder_id_batch_folders")
        ),
        sa.ForeignKeyConstraint(
            ["upload_file_id"], ["upload_files.id"], name=op.f("fk_batch_files_upload_file_id_upload_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_files")),
        sa.UniqueConstraint("batch_id", "path", name=op.f("uq_batch_files_batch_id_path")),
        sa.UniqueConstraint("upload_file_id", name=op.f("uq_batch_files_upload_file_id")),
    )
    op.create_index(op.f("ix_batch_files_batch_id_state_position"), "batch_files", ["batch_id", "state", "position"])
    op.create_index(op.f("ix_batch_files_folder_id_position"), "batch_files", ["folder_id", "position"])
    op.create_index(op.f("ix_batch_files_sha256"), "batch_files", ["sha256"])
    op.create_table(
        "ledger_pages",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("folder_id", sa.String(length=26), nullable=False),
        sa.Column("file_id", sa.String(length=26), nullable=False),
        sa.Column("page_index", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.String(length=26), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("mark", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("(state = 'filed') = (item_id IS NOT NULL)", name=op.f("ck_ledger_pages_filed_in_an_item")),
        sa.CheckConstraint(
            "(state = 'rejected') = (reason IS NOT NULL)", name=op.f("ck_ledger_pages_rejected_with_a_reason")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'separator', 'blank', 'filed', 'rejected')", name=op.f("ck_ledger_pages_one_state")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_ledger_pages_batch_id_batches")),
        sa.ForeignKeyConstraint(["file_id"], ["batch_files.id"], name=op.f("fk_ledger_pages_file_id_batch_files")),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["batch_folders.id"], name=op.f("fk_ledger_pages_folder_id_batch_folders")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["batch_items.id"], name=op.f("fk_ledger_pages_item_id_batch_items")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_ledger_pages_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_pages")),
        sa.UniqueConstraint("file_id", "page_index", name=op.f("uq_ledger_pages_file_id_page_index")),
        sa.UniqueConstraint("page_id", name=op.f("uq_ledger_pages_page_id")),
    )
    op.create_index(op.f("ix_ledger_pages_batch_id_state"), "ledger_pages", ["batch_id", "state"])
    op.create_index(op.f("ix_ledger_pages_folder_id_number"), "ledger_pages", ["folder_id", "number"])
    op.create_index(op.f("ix_ledger_pages_item_id"), "ledger_pages", ["item_id"])
    op.create_table(
        "batch_exceptions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("batch_id", sa.String(length=26), nullable=False),
        sa.Column("folder_id", sa.String(length=26), nullable=True),
        sa.Column("file_id", sa.String(length=26), nullable=True),
        sa.Column("ledger_page_id", sa.String(length=26), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=True),
        sa.Column("settled_by", sa.String(length=26), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_exceptions_batch_id_batches")),
        sa.ForeignKeyConstraint(["file_id"], ["batch_files.id"], name=op.f("fk_batch_exceptions_file_id_batch_files")),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["batch_folders.id"], name=op.f("fk_batch_exceptions_folder_id_batch_folders")
        ),
        sa.ForeignKeyConstraint(
            ["ledger_page_id"], ["ledger_pages.id"], name=op.f("fk_batch_exceptions_ledger_page_id_ledger_pages")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["users.id"], name=op.f("fk_batch_exceptions_settled_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_exceptions")),
    )
    op.create_index(op.f("ix_batch_exceptions_batch_id_state_id"), "batch_exceptions", ["batch_id", "state", "id"])


def downgrade() -> None:
    op.drop_table("batch_exceptions")
    op.drop_table("ledger_pages")
    op.drop_table("batch_files")
    op.drop_table("batch_items")
    op.drop_table("batch_folders")
    op.drop_table("batches")
