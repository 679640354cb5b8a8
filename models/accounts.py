"""Who may sign in: people and service accounts, their one-time links and their API tokens.

Secrets are kept as hashes only: passwords by Argon2, links and tokens (256 random bits) by SHA-256.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, new_id, now


class User(Base):
    """A person or a service; ``roles`` are names of CONTRACT's roles."""

    __tablename__ = "users"

    id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String(150), unique=True)
    display_name: Mapped[str] = mapped_column(String(150), default="")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    roles: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    service: Mapped[bool] = mapped_column(default=False)
    uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_id)
    language: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_sign_in_at: Mapped[datetime | None]


class SignInLink(Base):
    """A link that signs its user in once, before it expires."""

    __tablename__ = "sign_in_links"

    id: Mapped[str] = identifier()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A bearer token of the API; shown once, kept as its hash."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = identifier()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str] = mapped_column(String(150), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
